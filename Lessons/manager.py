"""A server process keeps a list and a dictionary; others use them through messages."""

import multiprocessing
import os

workers = 2
updates = 50
lock_on = False


def add_one(shared_dict):
    value = shared_dict["hits"]  # one call
    shared_dict["hits"] = value + 1  # another: other processes may come between


def update(shared_list, shared_dict, lock):
    for _ in range(updates):
        if lock_on:
            with lock:  # held from read to write
                add_one(shared_dict)
        else:
            add_one(shared_dict)
    shared_list.append(os.getpid())


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    lock = multiprocessing.Lock()
    with multiprocessing.Manager() as manager:
        shared_list = manager.list()
        shared_dict = manager.dict(hits=0, row=[])
        processes = [
            multiprocessing.Process(target=update, args=(shared_list, shared_dict, lock))
            for _ in range(workers)
        ]
        for worker in processes:
            worker.start()
        for worker in processes:
            worker.join()
        shared_dict["row"].append(1)  # changes a copy, which nobody keeps
        print(f"{shared_dict['row']} is left of the row")
        lost = workers * updates - shared_dict["hits"]
        print(f"hits {shared_dict['hits']}, lost {lost}, list {list(shared_list)}")

"""A server process keeps a list and a dictionary; others use them through messages."""

import multiprocessing
import os

workers = 2
updates = 50


def update(numbers, counts):
    for _ in range(updates):
        value = counts["hits"]  # one call
        counts["hits"] = value + 1  # another: other processes may come between
    numbers.append(os.getpid())


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    with multiprocessing.Manager() as manager:
        numbers = manager.list()
        counts = manager.dict()
        counts["hits"] = 0
        counts["row"] = []
        processes = [
            multiprocessing.Process(target=update, args=(numbers, counts))
            for _ in range(workers)
        ]
        for worker in processes:
            worker.start()
        for worker in processes:
            worker.join()
        counts["row"].append(1)  # changes a copy, which nobody keeps
        print(f"{counts['row']} is left of the row")
        lost = workers * updates - counts["hits"]
        print(f"hits {counts['hits']}, lost {lost}, numbers {list(numbers)}")

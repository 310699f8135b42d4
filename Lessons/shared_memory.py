"""A counter and the array 1, 2, 3, 4, in memory that processes share."""

import multiprocessing
import os

workers = 2
increments = 50_000
lock_on = True


def one_more(value):
    return value + 1


def count(number, total, row):
    for place in range(number, len(row), workers):
        row[place] = row[place] * 2
    for _ in range(increments):
        if lock_on:
            with total.get_lock():  # held from read to write
                total.value = one_more(total.value)
        else:
            total.value = one_more(total.value)  # another may come between
    print(f"pid {os.getpid()} has counted")


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    total = multiprocessing.Value("i", 0)
    row = multiprocessing.Array("i", [1, 2, 3, 4])
    processes = [
        multiprocessing.Process(target=count, args=(number, total, row))
        for number in range(workers)
    ]
    for worker in processes:
        worker.start()
    for worker in processes:
        worker.join()
    lost = workers * increments - total.value
    print(f"counted {total.value}, lost {lost}, the row is {row[:]}")

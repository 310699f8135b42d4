"""A counter and the array 1, 2, 3, 4, in memory that processes share."""

import multiprocessing
import os

workers = 2
increments = 50_000
lock_on = True


def one_more(value):
    return value + 1


def count(number, num, arr):
    for place in range(number, len(arr), workers):
        arr[place] = arr[place] * 2
    for _ in range(increments):
        if lock_on:
            with num.get_lock():  # held from read to write
                num.value = one_more(num.value)
        else:
            num.value = one_more(num.value)  # another may come between
    print(f"pid {os.getpid()} has counted")


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    num = multiprocessing.Value("i", 0)
    arr = multiprocessing.Array("i", [1, 2, 3, 4])
    processes = [
        multiprocessing.Process(target=count, args=(number, num, arr))
        for number in range(workers)
    ]
    for worker in processes:
        worker.start()
    for worker in processes:
        worker.join()
    lost = workers * increments - num.value
    print(f"counted {num.value}, lost {lost}, the array is {arr[:]}")

"""Threads count together; where a read and its write are two steps, counts get lost."""

import contextlib
import threading

threads = 2
increments = 100_000  # of each thread
runs = 5
use_lock = False

counter = 0
guard = threading.Lock() if use_lock else contextlib.nullcontext()
start_line = threading.Barrier(threads)


def one_more(value):
    return value + 1


def count():
    global counter
    start_line.wait()  # all begin together
    for _ in range(increments):
        with guard:
            value = counter
            counter = one_more(value)  # another thread may run in here


for run in range(1, runs + 1):
    counter = 0
    counters = [threading.Thread(target=count) for _ in range(threads)]
    for thread in counters:
        thread.start()
    for thread in counters:
        thread.join()
    lost = threads * increments - counter
    print(f"run {run}: counted {counter}, lost {lost}")

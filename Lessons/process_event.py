"""Processes wait for a flag; another process sets it, and all of them continue."""

import multiprocessing
import os
import time

waiters = 4
delay = 0.3


def wait(start_now):
    start_now.wait()
    print(f"pid {os.getpid()} goes on")


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    start_now = multiprocessing.Event()
    processes = [
        multiprocessing.Process(target=wait, args=(start_now,))
        for _ in range(waiters)
    ]
    for waiter in processes:
        waiter.start()
    time.sleep(delay)
    start_now.set()  # one call for all of them
    for waiter in processes:
        waiter.join()

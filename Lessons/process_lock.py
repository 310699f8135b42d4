"""Processes take turns in a section that only one may enter at a time."""

import multiprocessing
import os
import time

workers = 4
turns = 3
hold = 0.03


def take_turns(lock):
    for _ in range(turns):
        with lock:  # other processes sleep here until it is released
            print(f"pid {os.getpid()} is inside")
            time.sleep(hold)


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    lock = multiprocessing.Lock()
    processes = [
        multiprocessing.Process(target=take_turns, args=(lock,))
        for _ in range(workers)
    ]
    started = time.perf_counter()
    for worker in processes:
        worker.start()
    for worker in processes:
        worker.join()
    print(f"{workers * turns} turns took {time.perf_counter() - started:.3f} s")

"""Processes share a few permits; never more are inside than there are permits."""

import multiprocessing
import os
import time

permits = 2
workers = 5
turns = 3
hold = 0.04


def take_turns(semaphore):
    for _ in range(turns):
        with semaphore:  # waits while all permits are taken
            print(f"pid {os.getpid()} is inside")
            time.sleep(hold)


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    semaphore = multiprocessing.Semaphore(permits)
    processes = [
        multiprocessing.Process(target=take_turns, args=(semaphore,))
        for _ in range(workers)
    ]
    started = time.perf_counter()
    for worker in processes:
        worker.start()
    for worker in processes:
        worker.join()
    print(f"{workers * turns} turns took {time.perf_counter() - started:.3f} s")

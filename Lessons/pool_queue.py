"""Uneven tasks wait in line for a few workers; the next task goes to a free worker."""

import os
import time
from concurrent.futures import ProcessPoolExecutor

tasks = 20
workers = 3
short = 0.04  # seconds
long = 0.2


def work(number):
    began = time.monotonic()
    time.sleep(long if number % 5 == 0 else short)
    return os.getpid(), time.monotonic() - began


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    opened = time.monotonic()
    with ProcessPoolExecutor(max_workers=workers) as pool:
        futures = [pool.submit(work, number) for number in range(1, tasks + 1)]
        results = [future.result() for future in futures]
        seconds = time.monotonic() - opened
    for pid in sorted({pid for pid, _ in results}):
        busy = [taken for worker, taken in results if worker == pid]
        idle = 100 - 100 * sum(busy) / seconds
        print(f"pid {pid}: {len(busy)} tasks, idle {idle:.0f} %")

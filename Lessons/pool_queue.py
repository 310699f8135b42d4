"""Uneven tasks wait in line for a few workers; the next task goes to a free worker."""

import os
import time
from concurrent.futures import ProcessPoolExecutor

tasks = 20
workers = 2
task = "compute"  # or "sleep"
short = 0.04  # seconds
long = 0.2


def work(number):
    began = time.monotonic()
    length = long if number % 5 == 0 else short
    if task == "sleep":
        time.sleep(length)
    else:
        enough = time.process_time() + length
        while time.process_time() < enough:
            pass
    return os.getpid(), began, time.monotonic() - began


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=workers) as pool:
        opened = time.monotonic()
        futures = [pool.submit(work, number) for number in range(1, tasks + 1)]
        results = [future.result() for future in futures]
        seconds = time.monotonic() - opened
    for number, (pid, began, taken) in enumerate(results, start=1):
        print(f"task {number}: waited {began - opened:.3f} s, took {taken:.3f} s in pid {pid}")
    for pid in sorted({pid for pid, _, _ in results}):
        busy = [taken for worker, _, taken in results if worker == pid]
        idle = 100 - 100 * sum(busy) / seconds
        print(f"pid {pid}: {len(busy)} tasks, idle {idle:.0f} %")

"""The same work on one worker and on more: on threads, then in processes."""

import multiprocessing
import os
import threading
import time

counts = range(1, max(2, min(4, os.cpu_count() or 1)) + 1)
steps = 4_000_000  # of the work, in all
rounds = 5


def compute(workers):
    total = 0
    for number in range(steps // workers):
        total += number * number


def measure(name, kind, workers):
    started = time.perf_counter()
    crew = [kind(target=compute, args=(workers,)) for _ in range(workers)]
    for worker in crew:
        worker.start()
    for worker in crew:
        worker.join()
    seconds = time.perf_counter() - started
    print(f"{workers} {name}: {seconds:.3f} s")


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    for _ in range(rounds):
        for workers in counts:
            measure("threads", threading.Thread, workers)
            measure("processes", multiprocessing.Process, workers)

"""The same work on one worker and on more: on threads, then in processes."""

import multiprocessing
import os
import threading
import time

counts = range(1, max(2, min(4, os.cpu_count() or 1)) + 1)
steps = 1_000_000  # of the work, in all
rounds = 3


def compute(part):
    total = 0
    for number in range(part):
        total += number * number


def measure(name, kind, count):
    started = time.perf_counter()
    part = steps // count
    workers = [kind(target=compute, args=(part,)) for _ in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    print(f"{count} {name}: {time.perf_counter() - started:.3f} s")


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    for name, kind in ("processes", multiprocessing.Process), ("threads", threading.Thread):
        for _ in range(rounds):
            for count in counts:
                measure(name, kind, count)

"""Several processes share the rounds of one loop; the results keep its order."""

import multiprocessing
import os
import time

steps = 12
workers = 2
chunk = 1  # rounds handed out at a time
task = "compute"  # or "sleep"
length = 0.06  # seconds


def work(number):
    began = time.monotonic()
    if task == "sleep":
        time.sleep(length)
    else:
        enough = time.process_time() + length
        while time.process_time() < enough:
            pass
    print(f"round {number} is done in pid {os.getpid()}")
    return number * number, os.getpid(), began, time.monotonic()


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    started = time.monotonic()
    with multiprocessing.Pool(workers) as pool:
        rounds = pool.map(work, range(1, steps + 1), chunksize=chunk)
        pool.close()
        pool.join()
    for number, (_, pid, began, ended) in enumerate(rounds, start=1):
        print(f"{number}: pid {pid}, {began - started:.3f} to {ended - started:.3f} s")
    print([square for square, *_ in rounds])

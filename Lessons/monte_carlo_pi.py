"""Random points in a square: the fraction in the quarter circle is a quarter of pi."""

import math
import multiprocessing
import random
import time

samples = 1_000_000
shares = 32  # each has its own seed, so that any number of workers gets the same points
workers = 2
rounds = 3


def throw(share):
    random_number = random.Random(share).random
    hits = 0
    for _ in range(samples // shares):
        x, y = random_number(), random_number()
        hits += x * x + y * y <= 1
    return hits


def estimate(size):
    started = time.perf_counter()
    with multiprocessing.Pool(size) as pool:
        hits = sum(pool.map(throw, range(shares), chunksize=1))
        pool.close()
        pool.join()
    return 4 * hits / (samples // shares * shares), time.perf_counter() - started


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    for _ in range(rounds):
        for size in sorted({1, workers}):
            pi, seconds = estimate(size)
            print(f"workers: {size}, seconds: {seconds:.2f}, pi: {pi:.6f}")
    print(f"error {pi - math.pi:+.6f}, expected about {1.64 / math.sqrt(samples):.6f}")

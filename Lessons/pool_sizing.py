"""Pools of different sizes square the same numbers; each is timed from start to end."""

import time
from multiprocessing import Pool

sizes = range(1, 6)
tasks = 10
work = 0.0  # seconds of computing in each task
rounds = 1

numbers = list(range(1, tasks + 1))


def square(n):
    enough = time.process_time() + work
    while time.process_time() < enough:
        pass
    return n * n


def compute_with_pool_size(pool_size):
    start_time = time.perf_counter()
    with Pool(processes=pool_size) as pool:  # the end of "with" only terminates the pool
        results = pool.map(square, numbers)
        pool.close()
        pool.join()  # so wait until every worker has ended
    elapsed_time = time.perf_counter() - start_time
    print(
        f"Pool Size: {pool_size}, Time Taken: {elapsed_time:.4f} seconds, Results: {results}"
    )
    return elapsed_time


# A new process may run this file again; only the first one may open pools.
if __name__ == "__main__":
    for _ in range(rounds):
        for size in sizes:
            compute_with_pool_size(size)

"""Pools of different sizes square the same numbers; each is timed from start to end."""

import multiprocessing
import time

sizes = range(1, 6)
tasks = 10
work = 0.0  # seconds of computing in each task
rounds = 1


def square(number):
    enough = time.process_time() + work
    while time.process_time() < enough:
        pass
    return number * number


def measure(size):
    started = time.perf_counter()
    with multiprocessing.Pool(size) as pool:
        results = pool.map(square, range(1, tasks + 1))
        pool.close()
        pool.join()
    seconds = time.perf_counter() - started
    print(f"{size} {seconds:.4f} s {results}")
    return seconds


if __name__ == "__main__":
    for _ in range(rounds):
        for size in sizes:
            measure(size)

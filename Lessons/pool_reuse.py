"""The same short tasks: with a new process for each, then on a pool of processes."""

import multiprocessing
import time

tasks = 64
at_once = 2
rounds = 5


def work(number):
    return sum(i * i for i in range(2000 + number))


def process_each():
    running = []
    for number in range(1, tasks + 1):
        if len(running) == at_once:
            running.pop(0).join()
        process = multiprocessing.Process(target=work, args=(number,))
        process.start()
        running.append(process)
    for process in running:
        process.join()


def pooled():
    with multiprocessing.Pool(at_once) as pool:
        pool.map(work, range(1, tasks + 1), chunksize=1)
        pool.close()
        pool.join()


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    for _ in range(rounds):
        for way in (process_each, pooled):
            started = time.perf_counter()
            way()
            milliseconds = 1000 * (time.perf_counter() - started)
            print(f"{way.__name__}: {milliseconds / tasks:.2f} ms a task")

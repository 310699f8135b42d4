"""Numbers go to worker processes, which add them up and send back the sums."""

import array
import multiprocessing
import time

size = 16  # megabytes of numbers
work = 1  # times that each number is added
workers = 2
rounds = 5


def add(numbers):
    return sum(sum(numbers) for _ in range(work))


def work_for(end):
    while True:
        numbers = array.array("q", end.recv_bytes())
        end.send(add(numbers))


def deal(numbers, ends):
    started = time.perf_counter()
    part = len(numbers) // len(ends)
    for place, end in enumerate(ends):
        end.send_bytes(numbers[place * part : (place + 1) * part])
    moving = time.perf_counter() - started
    sum(end.recv() for end in ends)
    print(f"workers: {len(ends)}, {time.perf_counter() - started:.4f} s, moving {moving:.4f} s")


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    pairs = [multiprocessing.Pipe() for _ in range(workers)]
    for _, theirs in pairs:
        multiprocessing.Process(target=work_for, args=(theirs,), daemon=True).start()
    ends = [ours for ours, _ in pairs]
    numbers = array.array("q", range(size * 125_000))
    for _ in range(rounds):
        started = time.perf_counter()
        add(numbers)
        print(f"here: {time.perf_counter() - started:.4f} s")
        for count in range(1, workers + 1):
            deal(numbers, ends[:count])

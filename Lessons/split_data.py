"""Numbers go to worker processes, which add them up and send back the sums."""

import array
import multiprocessing
import time

size = 16  # megabytes of numbers
workers = 2
rounds = 5


def add(end):
    while numbers := array.array("q", end.recv_bytes()):
        end.send(sum(numbers))


def here(numbers):
    started = time.perf_counter()
    sum(numbers)
    print(f"{len(numbers)} numbers here: {time.perf_counter() - started:.4f} s")


def deal(numbers, ends):
    started = time.perf_counter()
    part = len(numbers) // len(ends)
    for place, end in enumerate(ends):
        end.send_bytes(numbers[place * part : (place + 1) * part])
    moved = time.perf_counter() - started
    sum(end.recv() for end in ends)
    seconds = time.perf_counter() - started
    print(f"{len(numbers)} numbers to {len(ends)}: {seconds:.4f} s, {moved:.4f} s moving")


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    pairs = [multiprocessing.Pipe() for _ in range(workers)]
    for _, theirs in pairs:
        multiprocessing.Process(target=add, args=(theirs,), daemon=True).start()
    ends = [ours for ours, _ in pairs]
    many = array.array("q", range(size * 125_000))
    for numbers in [many, many[:8_000]] * rounds:
        here(numbers)
        for count in range(1, workers + 1):
            deal(numbers, ends[:count])

"""A process changes its own variable and must be asked for it; a thread changes its parent's."""

import multiprocessing
import os
import threading
import timeit

counter = 0
changes = 1
reads = 100  # to measure one


def change():
    global counter
    for _ in range(changes):
        value = counter
        counter = value + 1


def change_own(other_end):
    change()
    print(f"in pid {os.getpid()}: {counter}")
    for _ in range(reads):
        other_end.recv()
        other_end.send(counter)


def ask():
    end.send("counter?")
    return end.recv()


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    end, other_end = multiprocessing.Pipe()
    process = multiprocessing.Process(target=change_own, args=(other_end,))
    process.start()
    print(f"one question: {timeit.timeit(ask, number=reads) / reads * 1e6:.2f} µs")
    process.join()
    print(f"after the process, in pid {os.getpid()}: {counter}")
    thread = threading.Thread(target=change)
    thread.start()
    thread.join()
    print(f"after the thread: {counter}")
    print(f"one read: {timeit.timeit(lambda: counter, number=reads) / reads * 1e6:.2f} µs")

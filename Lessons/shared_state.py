"""A thread changes its parent's variable; a process changes only its own."""

import multiprocessing
import os
import threading

counter = 0
changes = 1


def change():
    global counter
    for _ in range(changes):
        value = counter
        counter = value + 1


def change_own():
    change()
    print(f"in pid {os.getpid()}: {counter}")


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    print(f"before: {counter}, pid {os.getpid()}")
    thread = threading.Thread(target=change)
    thread.start()
    thread.join()
    print(f"after the thread: {counter}")
    process = multiprocessing.Process(target=change_own)
    process.start()
    process.join()
    print(f"after the process: {counter}")

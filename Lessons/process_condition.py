"""Processes wait with a lock, which the wait releases, until another notifies them."""

import multiprocessing
import os
import time

waiters = 3
delay = 0.15


def wait(changed, ready):
    with changed:
        while ready.value == 0:  # a wake-up promises nothing: look again
            changed.wait()  # releases the lock, and takes it again afterwards
        ready.value -= 1
    print(f"pid {os.getpid()} goes on")


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    changed = multiprocessing.Condition()
    ready = multiprocessing.Value("i", 0, lock=False)
    processes = [
        multiprocessing.Process(target=wait, args=(changed, ready))
        for _ in range(waiters)
    ]
    for waiter in processes:
        waiter.start()
    for _ in range(waiters):
        time.sleep(delay)
        with changed:  # only the holder of the lock may notify
            ready.value += 1
            changed.notify()
    for waiter in processes:
        waiter.join()

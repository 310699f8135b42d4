"""A thread fails while it holds a lock; another one does the same, but uses with."""

import threading
import time

waiters = 2
hold = 0.1  # seconds until the holder fails
bare_lock = threading.Lock()
with_lock = threading.Lock()


def fail_holding():
    bare_lock.acquire()
    time.sleep(hold)
    raise ValueError("failed while it held bare_lock")
    bare_lock.release()  # never reached


def fail_using_with():
    with with_lock:
        time.sleep(hold)
        raise ValueError("failed inside with")


def want(lock):
    with lock:
        print(f"{threading.current_thread().name} has the lock")


def start(target, *args, name):
    # A daemon, so that a thread that waits forever does not keep the program.
    thread = threading.Thread(target=target, args=args, name=name, daemon=True)
    thread.start()
    return thread


start(fail_holding, name="holder")
start(fail_using_with, name="with-holder")
while not bare_lock.locked():
    time.sleep(0.001)
stuck = [start(want, bare_lock, name=f"waiter-{n}") for n in range(1, waiters + 1)]
fine = [start(want, with_lock, name=f"with-waiter-{n}") for n in range(1, waiters + 1)]
for thread in stuck + fine:
    thread.join(timeout=1)
    print(f"{thread.name} still waits: {thread.is_alive()}")

"""Two threads transfer money in opposite directions, and each needs two locks."""

import random
import threading
import time

order = "opposite"  # or "same": both threads take the lock of account a first
delay = 0.02  # seconds between the two acquires
timeout = 0  # seconds to wait for the second lock; 0 means no limit
pause = 0  # seconds: the longest random pause before another try
transfers = 1  # of each thread
accounts = {"a": 100, "b": 100}
locks = {"a": threading.Lock(), "b": threading.Lock()}


def try_transfer(source, target):
    first, second = (source, target) if order == "opposite" else ("a", "b")
    with locks[first]:
        time.sleep(delay)
        print(f"{source} to {target}: holds lock {first}, wants lock {second}")
        if not locks[second].acquire(timeout=timeout or -1):  # -1: wait without a limit
            print(f"{source} to {target}: gives back lock {first}")
            return False
        try:
            accounts[source] -= 10
            accounts[target] += 10
        finally:
            locks[second].release()
    return True


def make_transfers(source, target):
    for number in range(1, transfers + 1):
        while not try_transfer(source, target):
            time.sleep(random.uniform(0, pause))
        print(f"{source} to {target}: transfer {number} is done")


one = threading.Thread(target=make_transfers, args=("a", "b"), name="a-to-b", daemon=True)
two = threading.Thread(target=make_transfers, args=("b", "a"), name="b-to-a", daemon=True)
one.start()
two.start()
for thread in (one, two):
    thread.join(timeout=2)  # a daemon that waits forever does not keep the program
    print(f"{thread.name} still waits: {thread.is_alive()}")

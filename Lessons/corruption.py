"""A transfer fails halfway: the lock is released normally, and the sum is wrong."""

import threading
import time

transfers = 5  # of each thread
fail_at = 3  # of the first thread; 0 for none
repair = "off"  # or "on": undo the half that was done
delay = 0.04
amount = 10
accounts = {"a": 100, "b": 100}
bank_lock = threading.Lock()


def transfer(source, target, fails):
    with bank_lock:  # one transfer at a time
        accounts[source] -= amount
        try:
            if fails:
                raise ValueError("the line to the other bank is down")
        except ValueError:
            if repair == "on":
                accounts[source] += amount
            raise
        accounts[target] += amount


def make_transfers(source, target, fail_at):
    for number in range(1, transfers + 1):
        time.sleep(delay)
        try:
            transfer(source, target, number == fail_at)
        except ValueError as error:
            print(f"transfer {number} failed: {error}")


print(f"the sum before: {accounts['a'] + accounts['b']}")
first = threading.Thread(target=make_transfers, args=("a", "b", fail_at))
second = threading.Thread(target=make_transfers, args=("b", "a", 0))
first.start()
second.start()
first.join()
second.join()
with bank_lock:  # it is free: each transfer has released it
    print(f"the sum after: {accounts['a'] + accounts['b']}")

"""Threads take turns in a section that only one may enter at a time."""

import threading
import time

threads = 3
turns = 4  # of each thread
hold = 0.03  # seconds that each turn lasts

lock = threading.Lock()
inside = 0
most = 0


def visit():
    global inside, most
    for _ in range(turns):
        with lock:  # other threads sleep here until it is released
            inside += 1
            most = max(most, inside)
            time.sleep(hold)
            inside -= 1


visitors = [threading.Thread(target=visit) for _ in range(threads)]
for visitor in visitors:
    visitor.start()
for visitor in visitors:
    visitor.join()
print(f"{threads * turns} turns, at most {most} inside at a time")

try:
    with lock:
        raise ValueError("something went wrong inside")
except ValueError as error:
    print(f"{error}; is the lock still held? {lock.locked()}")

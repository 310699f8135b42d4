"""A ticker beside a computation: first on one thread, then on two."""

import sys
import threading
import time

period = 0.02  # seconds between two ticks
work = 1.0  # seconds of computing beside them
limit = sys.getswitchinterval()  # 5 ms; a tick is late from there on
quiet = 5  # ticks before the computing begins, and after its time
ticks = quiet + int(work / period) + quiet


def compute():
    enough = time.thread_time() + work
    while time.thread_time() < enough:
        pass


def tick(arm, begin):
    lateness = []
    started = time.perf_counter()
    for number in range(ticks):
        if number == quiet:
            begin()  # compute here, or start the thread that does
        due = started + number * period
        time.sleep(max(0, due - time.perf_counter()))
        lateness.append(time.perf_counter() - due)
    late = sum(delay >= limit for delay in lateness)
    worst = max(lateness)
    print(f"{arm}: {late} of {ticks} ticks late, at most {worst:.4f} s")


tick("one thread", compute)

worker = threading.Thread(target=compute)
tick("two threads", worker.start)
worker.join()

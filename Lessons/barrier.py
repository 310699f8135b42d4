"""Threads arrive one after the other, and all go on when the last one is there."""

import threading
import time

parties = 4  # threads that must be there
delay = 0.1  # seconds between two arrivals

barrier = threading.Barrier(parties)


def arrive(place):
    name = threading.current_thread().name
    time.sleep(place * delay)  # one needs longer than the other to get ready
    print(f"{name} is there")
    began = time.perf_counter()
    barrier.wait()  # until all are there
    print(f"{name} goes on after {time.perf_counter() - began:.3f} s")


threads = []
for place in range(parties):
    thread = threading.Thread(target=arrive, args=(place,), name=f"runner-{place + 1}")
    thread.start()
    threads.append(thread)
for thread in threads:
    thread.join()

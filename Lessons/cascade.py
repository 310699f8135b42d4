"""The producer fails, its consumers wait, and main waits for them, until a watchdog acts."""

import queue
import threading
import time

consumers, fail_at = 2, 3
watchdog = 1.0  # seconds without an item until it acts

q = queue.Queue()
fed = threading.Event()


def produce():
    for number in range(1, 101):
        time.sleep(0.02)
        if number == fail_at:
            raise ValueError(f"no item {number}")
        q.put(number)


def consume():
    while True:
        item = q.get()
        if item is None:
            return
        print(f"{threading.current_thread().name} got {item}")
        fed.set()


def watch():
    while fed.wait(timeout=watchdog):
        fed.clear()
    print(f"no item for {watchdog} s: the watchdog ends the consumers")
    for _ in range(consumers):
        q.put(None)


takers = [threading.Thread(target=consume, name=f"consumer-{n + 1}") for n in range(consumers)]
threading.Thread(target=produce, name="producer").start()
for thread in takers + [threading.Thread(target=watch, name="watchdog")]:
    thread.start()
for thread in takers:
    thread.join()  # main waits, too
print("main goes on")

"""The producer fails, its consumers wait, and main waits for them, until a watchdog acts."""

import queue
import threading
import time

consumers = 2
fail_at = 3
watchdog = 1.0  # seconds without an item until it acts

items = queue.Queue()
fed = threading.Event()


def produce():
    for number in range(1, 101):
        time.sleep(0.02)
        if number == fail_at:
            raise ValueError(f"no item {number}")
        items.put(number)


def consume():
    while (item := items.get()) is not None:
        print(f"{threading.current_thread().name} got {item}")
        fed.set()


def watch():
    while fed.wait(timeout=watchdog):
        fed.clear()
    print(f"no item for {watchdog} s: the watchdog ends the consumers")
    for _ in range(consumers):
        items.put(None)


threading.Thread(target=produce, name="producer").start()
crew = [threading.Thread(target=consume, name=f"consumer-{n + 1}") for n in range(consumers)]
for thread in crew + [threading.Thread(target=watch, name="watchdog")]:
    thread.start()
for thread in crew:
    thread.join()
print("main goes on")

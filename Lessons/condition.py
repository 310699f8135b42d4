"""Consumers wait until there is an item; the thread that adds it notifies them."""

import threading
import time

count = 6  # items to hand over
consumers = 2
delay = 0.08  # seconds before each item

items = []
is_over = False
changed = threading.Condition()


def consume():
    while True:
        with changed:
            while not items and not is_over:  # look again after every wake-up
                changed.wait()
            if not items:
                return
            print(f"took {items.pop(0)}")


with changed:
    changed.notify()  # nobody waits: it is lost
    print(f"notified later? {changed.wait(timeout=delay)}")

threads = [threading.Thread(target=consume) for _ in range(consumers)]
for thread in threads:
    thread.start()
time.sleep(delay)  # by now they wait
with changed:
    changed.notify()  # nothing is there: a false wake-up
for number in range(count):
    time.sleep(delay)
    with changed:
        items.append(number)
        changed.notify()
with changed:
    is_over = True
    changed.notify_all()
for thread in threads:
    thread.join()

"""Producers put, consumers get, and the queue does all the waiting."""

import queue
import threading
import time

capacity = 3
items = 8  # of each producer
producers, consumers = 2, 2
put_delay = 0.02  # seconds before each put
get_delay = 0.05  # seconds after each get

box = queue.Queue(maxsize=capacity)


def produce(first):
    for number in range(first, first + items):
        time.sleep(put_delay)
        box.put(number)  # waits while the queue is full


def consume():
    number = box.get()  # waits while the queue is empty
    while number != "stop":
        print(f"got {number}")
        time.sleep(get_delay)
        number = box.get()


def start(target, *args):
    thread = threading.Thread(target=target, args=args)
    thread.start()
    return thread


getter = start(lambda: print(f"got {box.get()}"))
box.put(10)
getter.join()

takers = [start(consume) for _ in range(consumers)]
givers = [start(produce, 100 * (n + 1) + 1) for n in range(producers)]
for giver in givers:
    giver.join()
for taker in takers:
    box.put("stop")  # one for each consumer

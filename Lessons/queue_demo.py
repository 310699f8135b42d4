"""Producers put, consumers get, and the queue does all the waiting."""

import queue
import threading
import time

capacity, items = 3, 8  # of the queue; of each producer
producers, consumers = 2, 2
put_delay = 0.02  # seconds before each put
get_delay = 0.05  # seconds after each get

q = queue.Queue(maxsize=capacity)


def produce(first):
    for number in range(first, first + items):
        time.sleep(put_delay)
        q.put(number)  # waits while the queue is full


def consume():
    while True:
        item = q.get()  # waits while the queue is empty
        if item is None:
            return
        print(f"got {item}")
        time.sleep(get_delay)


def start(target, *args):
    thread = threading.Thread(target=target, args=args)
    thread.start()
    return thread


getter = start(lambda: print(f"got {q.get()}"))
q.put(10)
getter.join()

takers = [start(consume) for _ in range(consumers)]
givers = [start(produce, 100 * (n + 1) + 1) for n in range(producers)]
for giver in givers:
    giver.join()
for taker in takers:
    q.put(None)  # one for each consumer: nothing more comes

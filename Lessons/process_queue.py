"""One process puts values into a queue, and other processes get them."""

import multiprocessing
import os
import time

items = 10
consumers = 2
delay = 0.03


def get(q):
    while True:
        number = q.get()
        if number is None:
            break
        print(f"pid {os.getpid()} got {number}")


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    q = multiprocessing.Queue()
    processes = [
        multiprocessing.Process(target=get, args=(q,))
        for _ in range(consumers)
    ]
    for consumer in processes:
        consumer.start()
    for number in range(items):
        time.sleep(delay)
        q.put(10 + number)
    for _ in range(consumers):
        q.put(None)  # one for each: nothing more will come
    for consumer in processes:
        consumer.join()

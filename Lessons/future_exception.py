"""A task fails in its worker; result() raises the exception again in its caller."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor  # or ProcessPoolExecutor

tasks, fail_at = 5, 3
ask = "on"  # "off": nobody asks the futures; "map": ask map() for all results


def work(number):
    time.sleep(0.02)
    if number == fail_at:
        raise ValueError(f"task {number} failed in thread {threading.get_native_id()}")
    return number * number


def ask_each(futures):
    for number, future in enumerate(futures, start=1):
        print(f"task {number}: exception() gives {future.exception()}")
        try:
            print(f"task {number}: result() gives {future.result()}")
        except ValueError as error:
            print(f"raised again in thread {threading.get_native_id()}: {error}")


def ask_map(executor, numbers):
    try:
        for result in executor.map(work, numbers):
            print(f"map gives {result}")
    except ValueError as error:
        print(f"map ends in thread {threading.get_native_id()}: {error}")


# A pool's process may run this file again; only the first one may open the pool.
if __name__ == "__main__":
    numbers = range(1, tasks + 1)
    with ThreadPoolExecutor(max_workers=2) as executor:
        if ask == "map":
            ask_map(executor, numbers)
        else:
            futures = [executor.submit(work, number) for number in numbers]
            if ask == "on":
                ask_each(futures)
    print("the pool is left")

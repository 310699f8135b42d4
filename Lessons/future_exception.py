"""A task fails in its worker; result() raises the exception again in its caller."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor as Pool  # or ProcessPoolExecutor

tasks = 5
fail_at = 3
ask = "on"  # or "off": nobody asks the futures


def work(number):
    time.sleep(0.02)
    if number == fail_at:
        raise ValueError(f"task {number} failed in thread {threading.get_native_id()}")
    return number * number


# A pool's process may run this file again; only the first one may open the pool.
if __name__ == "__main__":
    with Pool(max_workers=2) as pool:
        futures = [pool.submit(work, number) for number in range(1, tasks + 1)]
        if ask == "on":
            for number, future in enumerate(futures, start=1):
                try:
                    print(f"task {number} gave {future.result()}")
                except ValueError as error:
                    here = threading.get_native_id()
                    print(f"raised again in thread {here}: {error}")
    print("the pool is left")

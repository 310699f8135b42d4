"""Threads wait for a flag; one call sets it, and all of them continue."""

import threading
import time

waiters = 4
delay = 0.3  # seconds until the flag is set

flag = threading.Event()


def wait_for_it():
    began = time.perf_counter()
    flag.wait()
    waited = time.perf_counter() - began
    print(f"{threading.current_thread().name} waited {waited:.3f} s")


threads = []
for number in range(1, waiters + 1):
    thread = threading.Thread(target=wait_for_it, name=f"waiter-{number}")
    thread.start()
    threads.append(thread)
time.sleep(delay)
flag.set()
for thread in threads:
    thread.join()

late = threading.Thread(target=wait_for_it, name="latecomer")
late.start()
late.join()

flag.clear()  # from now on, threads wait again
print(f"set again in time? {flag.wait(timeout=0.05)}")

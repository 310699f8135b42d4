"""A lock is released after success, an exception and a return, but not after a kill."""

import os
import signal
import time
from multiprocessing import Event, Lock, Process, Value

rounds = 3  # times that each way is tried
kill = "on"


def leave(way, lock, held, acquired, released):
    lock.acquire()
    try:
        acquired.value += 1
        time.sleep(0.01)
        if way == "exception":
            raise ValueError("left by an exception")
        if way == "return":
            return
        if way == "kill":
            held.set()
            time.sleep(60)
    finally:
        released.value += 1
        lock.release()


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    lock, held, acquired, released = Lock(), Event(), Value("i", 0), Value("i", 0)
    for number in range(1, rounds + 1):
        for way in ("success", "exception", "return"):
            try:
                leave(way, lock, held, acquired, released)
            except ValueError as error:
                print(f"round {number}: {error}")
    if kill == "on":
        process = Process(target=leave, args=("kill", lock, held, acquired, released))
        process.start()
        held.wait(timeout=10)
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    print(f"acquired {acquired.value} times, released {released.value} times")

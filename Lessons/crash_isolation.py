"""Workers count to 100; one crashes. As processes first, then as threads of one process."""

import multiprocessing
import os
import signal
import threading
import time

workers = 3
with_lock = False  # whether a worker holds a lock while it counts


def count(progress, number, lock):
    for percent in range(10, 101, 10):
        time.sleep(0.03)
        if with_lock and not lock.acquire(timeout=0.5):
            return  # the crashed worker holds it for ever
        if number == 1 and percent > 40:
            os.kill(os.getpid(), signal.SIGSEGV)
        progress[number] = percent
        if with_lock:
            lock.release()


def run(kind, progress, lock):
    siblings = [kind(target=count, args=(progress, n, lock)) for n in range(workers)]
    for worker in siblings:
        worker.start()
    for worker in siblings:
        worker.join()


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    lock = multiprocessing.Lock()
    progress = multiprocessing.Array("i", workers, lock=False)  # all processes see it
    run(multiprocessing.Process, progress, lock)
    print(f"processes reached {list(progress)} percent")

    progress = multiprocessing.Array("i", workers, lock=False)
    arguments = (threading.Thread, progress, multiprocessing.Lock())
    home = multiprocessing.Process(target=run, args=arguments)
    home.start()
    home.join()
    print(f"threads of one process reached {list(progress)} percent")

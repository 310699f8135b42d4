"""Workers count to 100; one crashes. As processes first, then as threads of one process."""

import multiprocessing
import os
import signal
import threading
import time

workers = 3


def count(progress, number):
    for percent in range(10, 101, 10):
        time.sleep(0.03)
        if number == 1 and percent > 40:
            os.kill(os.getpid(), signal.SIGSEGV)
        progress[number] = percent


def count_on_threads(progress):
    threads = [threading.Thread(target=count, args=(progress, n)) for n in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    # In memory that all processes see, and without a lock that the crash could leave taken.
    progress = multiprocessing.Array("i", workers, lock=False)
    crew = [multiprocessing.Process(target=count, args=(progress, n)) for n in range(workers)]
    for process in crew:
        process.start()
    for process in crew:
        process.join()
    print(f"processes reached {list(progress)} percent")

    progress = multiprocessing.Array("i", workers, lock=False)
    home = multiprocessing.Process(target=count_on_threads, args=(progress,))
    home.start()
    home.join()
    print(f"threads of one process reached {list(progress)} percent")

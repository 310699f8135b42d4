"""The caller gives up and the task goes on; only a process can be terminated."""

import multiprocessing
import time
from concurrent.futures import ThreadPoolExecutor, TimeoutError

timeout = 0.1  # seconds until the caller gives up
task = 1.0  # seconds that the task takes


def work():
    time.sleep(task)
    print("the task ends")


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    with ThreadPoolExecutor(max_workers=1) as executor:
        running = executor.submit(work)
        queued = executor.submit(work)
        while not running.running() and not running.done():
            time.sleep(0.001)
        print(f"cancelled in line: {queued.cancel()}")
        try:
            running.result(timeout=timeout)
        except TimeoutError:
            print("the caller gives up")
        print(f"cancelled while running: {running.cancel()}")
    print("the pool is left")

    process = multiprocessing.Process(target=work)
    process.start()
    process.join(timeout)
    process.terminate()
    process.join()
    print(f"the process has ended: exit code {process.exitcode}")

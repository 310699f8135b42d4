"""Tasks open a file and fail; the files stay open until the process has none left."""

import multiprocessing
import os
import resource
import time

limit = 32  # descriptors that the process may have
close = "never"  # or "always", even if the task fails
delay = 0.03


def work(handle):
    raise ValueError(f"nothing good in descriptor {handle}")


def task(number):
    handle = os.open(os.devnull, os.O_RDONLY)
    try:
        work(handle)
    finally:
        if close == "always":
            os.close(handle)


def run_tasks():
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, most))
    for number in range(1, limit + 1):
        time.sleep(delay)
        try:
            task(number)
        except ValueError as error:
            print(f"task {number} failed: {error}")
        except OSError as error:
            print(f"task {number} could not start: {error}")
            break


# A separate process runs the tasks, so that the limit applies to it alone.
if __name__ == "__main__":
    process = multiprocessing.Process(target=run_tasks)
    process.start()
    process.join()
    print(f"the process has ended: exit code {process.exitcode}")

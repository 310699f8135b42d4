"""Each thread and each process catches the exceptions of its own tasks."""

import multiprocessing
import threading
import time

workers = 3  # threads, and as many processes
tasks = 4  # of each of them
fail_every = 3


def work(number):
    time.sleep(0.02)
    if number % fail_every == 0:
        raise ValueError(f"task {number} failed")


def run_tasks(name, done):
    for number in range(1, tasks + 1):
        try:
            work(number)
            done.value += 1
        except ValueError as error:
            print(f"{name} goes on: {error}")


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    for kind in (threading.Thread, multiprocessing.Process):
        started = []
        for place in range(1, workers + 1):
            name = f"{kind.__name__.lower()}-{place}"
            done = multiprocessing.Value("i", 0)
            worker = kind(target=run_tasks, args=(name, done), name=name)
            worker.start()
            started.append((worker, done))
        for worker, done in started:
            returned = worker.join()
            code = getattr(worker, "exitcode", "none, it is a thread")
            print(f"{worker.name}: {done.value} done, join returned {returned}, exit code {code}")

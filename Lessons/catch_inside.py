"""Each process and each thread catches the exceptions of its own tasks."""

import multiprocessing
import threading
import time

workers, tasks = 3, 4  # processes, and as many threads; tasks of each of them
fail_every = 3
catch = "on"  # or "off": nobody catches what a task raises


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
            if catch == "off":
                raise  # as if there were no except: the worker ends here
            print(f"{name} goes on: {error}")


def run_all(kind, make):
    started = []
    for place in range(1, workers + 1):
        name, done = f"{kind}-{place}", multiprocessing.Value("i", 0)
        worker = make(target=run_tasks, args=(name, done), name=name)
        worker.start()
        started.append((worker, done))
    for worker, done in started:
        returned = worker.join()
        code = worker.exitcode if kind == "process" else "none, it is a thread"
        print(f"{worker.name}: {done.value} done, join returned {returned}, exit code {code}")


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    run_all("process", multiprocessing.Process)
    run_all("thread", threading.Thread)

"""Failures of threads and processes become lines of one log, which one thread writes."""

import logging
import logging.handlers
import multiprocessing
import threading
import time

workers = 2  # threads, and as many processes
tasks = 4  # of each of them
fail_every = 2


def work(number):
    time.sleep(0.02)
    if number % fail_every == 0:
        raise ValueError(f"task {number} failed")


def run_tasks(name, records):
    log = logging.Logger(name)
    log.addHandler(logging.handlers.QueueHandler(records))
    for number in range(1, tasks + 1):
        try:
            work(number)
        except ValueError:
            log.exception("task %s", number)  # and the traceback


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    records = multiprocessing.Queue()
    handler = logging.StreamHandler()  # or FileHandler("failures.log")
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s pid %(process)d: %(message)s"))
    listener = logging.handlers.QueueListener(records, handler)
    listener.start()
    started = []
    for kind in (threading.Thread, multiprocessing.Process):
        for name in [f"{kind.__name__.lower()}-{place + 1}" for place in range(workers)]:
            worker = kind(target=run_tasks, args=(name, records), name=name)
            worker.start()
            started.append(worker)
    for worker in started:
        worker.join()
    listener.stop()

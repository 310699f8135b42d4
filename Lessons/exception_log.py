"""Failures of threads and processes become records of one log, which one thread writes."""

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
    log = logging.getLogger(name)
    log.addHandler(logging.handlers.QueueHandler(records))
    for number in range(1, tasks + 1):
        try:
            work(number)
        except ValueError:
            log.exception("task %s", number)  # adds the traceback


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    spawn = multiprocessing.get_context("spawn")  # never fork a program that has threads
    records = spawn.Queue()
    handler = logging.StreamHandler()  # or FileHandler("failures.log")
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s pid %(process)d: %(message)s"))
    listener = logging.handlers.QueueListener(records, handler)
    listener.start()  # the one thread that writes
    started = []
    for kind, make in ("thread", threading.Thread), ("process", spawn.Process):
        for place in range(1, workers + 1):
            worker = make(target=run_tasks, args=(f"{kind}-{place}", records))
            worker.start()
            started.append(worker)
    for worker in started:
        worker.join()
    listener.stop()

"""Workers put their exceptions into a queue; the main thread handles them."""

import queue
import threading
import time

workers = 3
tasks = 4  # of each worker
fail_every = 3

problems = queue.Queue()


def work(number):
    time.sleep(0.02)
    if number % fail_every == 0:
        name = threading.current_thread().name
        raise ValueError(f"task {number} of {name} failed")


def run_tasks():
    for number in range(1, tasks + 1):
        try:
            work(number)
        except ValueError as error:
            problems.put(error)
    problems.put(None)  # this worker has no more


for place in range(1, workers + 1):
    threading.Thread(target=run_tasks, name=f"worker-{place}").start()
at_work = workers
while at_work > 0:
    problem = problems.get()
    if problem is None:
        at_work -= 1
        continue
    try:
        raise problem
    except ValueError as error:
        print(f"handled in thread {threading.get_native_id()}: {error}")

"""The number 42 goes from one end of a pipe to the other; then pipe and queue are timed."""

import multiprocessing
import os
import time

messages = 300
payload = b"x" * 64


def echo(end, questions, answers):
    number = end.recv()
    print(f"pid {os.getpid()} received {number}")
    for _ in range(messages):
        end.send(end.recv())
    for _ in range(messages):
        answers.put(questions.get())


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    parent_end, child_end = multiprocessing.Pipe()
    questions, answers = multiprocessing.Queue(), multiprocessing.Queue()
    child = multiprocessing.Process(
        target=echo, args=(child_end, questions, answers)
    )
    child.start()
    parent_end.send(42)
    started = time.perf_counter()
    for _ in range(messages):
        parent_end.send(payload)
        parent_end.recv()
    piped = time.perf_counter()
    for _ in range(messages):
        questions.put(payload)
        answers.get()
    queued = time.perf_counter()
    child.join()
    print(f"pipe:  {(piped - started) / messages * 1e6:6.1f} µs a round trip")
    print(f"queue: {(queued - piped) / messages * 1e6:6.1f} µs a round trip")

"""The number 42 goes from one end of a pipe to the other; then pipe and queue are timed."""

import multiprocessing
import os
import time

messages = 300
payload = b"x" * 64


def echo(child_conn, questions, answers):
    number = child_conn.recv()
    print(f"pid {os.getpid()} received {number}")
    for _ in range(messages):
        child_conn.send(child_conn.recv())
    for _ in range(messages):
        answers.put(questions.get())


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    parent_conn, child_conn = multiprocessing.Pipe()
    questions, answers = multiprocessing.Queue(), multiprocessing.Queue()
    child = multiprocessing.Process(
        target=echo, args=(child_conn, questions, answers)
    )
    child.start()
    parent_conn.send(42)
    started = time.perf_counter()
    for _ in range(messages):
        parent_conn.send(payload)
        parent_conn.recv()
    piped = time.perf_counter()
    for _ in range(messages):
        questions.put(payload)
        answers.get()
    queued = time.perf_counter()
    child.join()
    print(f"pipe:  {(piped - started) / messages * 1e6:6.1f} µs a round trip")
    print(f"queue: {(queued - piped) / messages * 1e6:6.1f} µs a round trip")

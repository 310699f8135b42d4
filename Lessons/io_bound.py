"""Tasks that only wait for a server's answer: in turn, on threads, in processes."""

import multiprocessing
import socket
import threading
import time

tasks, wait = 8, 0.1  # seconds until each answer comes


def answer(connection):
    with connection:
        connection.recv(16)
        time.sleep(wait)
        connection.sendall(b"answer")


def serve(end):
    with socket.create_server(("127.0.0.1", 0), backlog=tasks) as server:
        end.send(server.getsockname())
        while True:
            threading.Thread(target=answer, args=server.accept()[:1]).start()


def ask(address):
    with socket.create_connection(address) as connection:
        connection.sendall(b"question")
        connection.recv(16)  # nothing to do but wait


if __name__ == "__main__":  # a new process may run this file again
    ours, theirs = multiprocessing.Pipe()
    multiprocessing.Process(target=serve, args=(theirs,), daemon=True).start()
    address, started = ours.recv(), time.perf_counter()
    for _ in range(tasks):
        ask(address)
    print(f"in turn: {time.perf_counter() - started:.3f} s")
    for name, kind in ("processes", multiprocessing.Process), ("threads", threading.Thread):
        started = time.perf_counter()
        workers = [kind(target=ask, args=(address,)) for _ in range(tasks)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        print(f"{name}: {time.perf_counter() - started:.3f} s")

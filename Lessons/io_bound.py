"""Tasks that only wait for a server's answer: in turn, on threads, in processes."""

import multiprocessing
import socket
import socketserver
import threading
import time

tasks = 8
wait = 0.1  # seconds until each answer comes


class Server(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.recv(16)
        time.sleep(wait)
        self.request.sendall(b"answer")


def ask(address):
    with socket.create_connection(address) as connection:
        connection.sendall(b"question")
        connection.recv(16)  # nothing to do but wait


def at_once(kind, address):
    crew = [kind(target=ask, args=(address,)) for _ in range(tasks)]
    for worker in crew:
        worker.start()
    for worker in crew:
        worker.join()


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    started = time.perf_counter()
    for _ in range(tasks):
        ask(server.server_address)
    print(f"in turn: {time.perf_counter() - started:.3f} s")
    for name, kind in ("threads", threading.Thread), ("processes", multiprocessing.Process):
        started = time.perf_counter()
        at_once(kind, server.server_address)
        print(f"{name}: {time.perf_counter() - started:.3f} s")

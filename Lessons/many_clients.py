"""A server with many clients: one thread for all of them, then a thread for each."""

import socket
import socketserver
import threading
import time

clients = 32
service = 0.02  # seconds that an answer takes


class Service(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.recv(16)
        time.sleep(service)
        self.request.sendall(b"answer")


def ask(address, ready, began, answered):
    with socket.create_connection(address) as connection:
        ready.wait()  # all ask together
        connection.sendall(b"question")
        connection.recv(16)
        answered.append(time.perf_counter() - began)


def serve(name, kind):
    kind.request_queue_size = clients
    kind.daemon_threads = True
    server = kind(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    ready, answered, began = threading.Barrier(clients), [], time.perf_counter()
    arguments = (server.server_address, ready, began, answered)
    crew = [threading.Thread(target=ask, args=arguments) for _ in range(clients)]
    for client in crew:
        client.start()
    for client in crew:
        client.join()
    print(f"{name}: the last answer after {max(answered) / service:.1f} times one service")


serve("one thread for all", socketserver.TCPServer)
serve("a thread a client", socketserver.ThreadingTCPServer)

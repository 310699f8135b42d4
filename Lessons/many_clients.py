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
    with kind(("127.0.0.1", 0), Service) as server:
        server.socket.listen(clients)  # room for all of them
        threading.Thread(target=server.serve_forever).start()
        ready = threading.Barrier(clients)  # wait() returns when all clients have called it
        answered, began = [], time.perf_counter()
        arguments = (server.server_address, ready, began, answered)
        askers = [threading.Thread(target=ask, args=arguments) for _ in range(clients)]
        for client in askers:
            client.start()
        for client in askers:
            client.join()
        server.shutdown()
    print(f"{name}: the last answer after {max(answered) / service:.1f} times one service")


serve("one thread for all", socketserver.TCPServer)
serve("a thread for each client", socketserver.ThreadingTCPServer)

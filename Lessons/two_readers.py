"""Two processes read at the same end of a pipe, and messages get mixed up."""

import multiprocessing
import os

messages = 200
readers = 2
payload = b"\0\0\0\1" * 250_000  # a megabyte, so that it takes many reads


def read(child_conn, start_line):
    whole = 0
    start_line.wait()  # until all readers are there
    try:
        while child_conn.recv_bytes() == payload:  # the length, then the bytes
            whole += 1
        print(f"pid {os.getpid()}: garbled after {whole} whole messages")
    except (EOFError, OSError) as error:
        print(f"pid {os.getpid()}: {error!r} after {whole} whole messages")


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    spawn = multiprocessing.get_context("spawn")  # a forked reader also had the other end
    parent_conn, child_conn = spawn.Pipe()
    start_line = spawn.Barrier(readers)
    processes = [spawn.Process(target=read, args=(child_conn, start_line)) for _ in range(readers)]
    for process in processes:
        process.start()
    child_conn.close()
    try:
        for _ in range(messages):
            parent_conn.send_bytes(payload)
    except OSError as error:  # no reader is left
        print(f"the sender: {error!r}")
    parent_conn.close()
    for process in processes:
        process.join(timeout=3)
        if process.is_alive():
            print(f"pid {process.pid} still waits for bytes that never come")
            process.terminate()
            process.join()

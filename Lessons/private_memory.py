"""Two processes write to the same address; then one reads the value of the other (Linux)."""

import ctypes
import mmap
import multiprocessing
import os
import sys

address = 0x10_0000_0000


def cell_here():
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x100000  # MAP_FIXED_NOREPLACE
    map_page = ctypes.CDLL(None).mmap
    map_page.restype = ctypes.c_void_p
    rights = mmap.PROT_READ | mmap.PROT_WRITE
    assert map_page(ctypes.c_void_p(address), 4096, rights, flags, -1, None) == address
    return ctypes.c_int64.from_address(address)


def peek(pid):
    try:
        with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
            memory.seek(address)
            return int.from_bytes(memory.read(8), sys.byteorder)
    except OSError as error:
        return error.strerror


def keep(number, both, pids):
    cell = cell_here()
    cell.value = number
    pids[number - 1] = os.getpid()
    both.wait()  # a barrier: it returns when both have called it
    print(f"pid {os.getpid()} has {cell.value} at {address:#x}")
    if number == 2:
        print(f"what the other has: {peek(pids[0])}")
    both.wait()  # neither goes while the other looks


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    both, pids = multiprocessing.Barrier(2), multiprocessing.Array("i", 2)
    for number in (1, 2):
        multiprocessing.Process(target=keep, args=(number, both, pids)).start()

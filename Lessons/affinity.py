"""Worker processes check which core they are on, each tied to one core or free."""

import multiprocessing
import os
import time

workers = 2
samples = 20
pin = True


def current_core():  # Linux: the 39th field of the process's own line
    with open("/proc/self/stat") as file:
        return int(file.read().rpartition(")")[2].split()[36])


def look(name, core):
    if core is not None:
        os.sched_setaffinity(0, {core})
    print(f"{name} may use the cores {sorted(os.sched_getaffinity(0))}")
    seen = []
    for _ in range(samples):
        enough = time.process_time() + 0.01
        while time.process_time() < enough:
            pass
        seen.append(current_core())
    moves = sum(a != b for a, b in zip(seen, seen[1:]))
    print(f"{name}: {moves} moves, cores {seen}")


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    if not hasattr(os, "sched_setaffinity"):  # Linux has it, macOS and Windows do not
        raise SystemExit("this system has no way to tie a process to a core")
    allowed = sorted(os.sched_getaffinity(0))
    processes = []
    for index in range(workers):
        core = allowed[index % len(allowed)] if pin else None
        arguments = (f"worker-{index + 1}", core)
        process = multiprocessing.Process(target=look, args=arguments)
        process.start()
        processes.append(process)
    for process in processes:
        process.join()

"""The memory of a thread and of a process, as the kernel counts it (Linux)."""

import multiprocessing
import threading

count = 16


def weigh(pid):  # kilobytes that no other process shares and that were written
    with open(f"/proc/{pid}/smaps_rollup") as file:
        return next(int(line.split()[1]) for line in file if "Private_Dirty" in line)


def live(here):
    here.wait()  # until all are here
    here.wait()  # until all are weighed


def live_on_threads(empty, here):
    empty.wait()  # there are no threads yet
    empty.wait()  # now they may come
    for _ in range(count):
        threading.Thread(target=live, args=(here,)).start()


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    # At a barrier, wait() returns when so many have called it.
    empty, here = multiprocessing.Barrier(2), multiprocessing.Barrier(count + 1)
    home = multiprocessing.Process(target=live_on_threads, args=(empty, here))
    home.start()
    empty.wait()
    before = weigh(home.pid)
    empty.wait()
    here.wait()  # all threads are there
    print(f"a thread: {(weigh(home.pid) - before) // count} kB")
    here.wait()  # they may go
    home.join()
    processes = [multiprocessing.Process(target=live, args=(here,)) for _ in range(count)]
    for process in processes:
        process.start()
    here.wait()  # all processes are there
    print(f"a process: {sorted(weigh(p.pid) for p in processes)[count // 2]} kB")
    here.wait()  # they may go too

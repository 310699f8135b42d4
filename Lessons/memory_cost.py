"""What a thread weighs, and what a process: asked of the kernel (Linux)."""

import multiprocessing
import threading

count = 16


def weigh(pid):  # kilobytes that no other process shares and that were written
    with open(f"/proc/{pid}/smaps_rollup") as file:
        return next(int(line.split()[1]) for line in file if "Private_Dirty" in line)


def wait(here, leave):
    here.wait()
    leave.wait()


def live_on_threads(weighed, here, leave):
    weighed.wait()  # there are no threads yet
    weighed.wait()  # now they may come
    for _ in range(count):
        threading.Thread(target=wait, args=(here, leave)).start()


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    weighed, here = multiprocessing.Barrier(2), multiprocessing.Barrier(count + 1)
    leave = multiprocessing.Event()
    home = multiprocessing.Process(target=live_on_threads, args=(weighed, here, leave))
    home.start()
    weighed.wait()
    empty = weigh(home.pid)
    weighed.wait()
    here.wait()  # all threads are there
    print(f"a thread: {(weigh(home.pid) - empty) // count} kB")
    leave.set()
    home.join()
    leave.clear()
    crew = [multiprocessing.Process(target=wait, args=(here, leave)) for _ in range(count)]
    for process in crew:
        process.start()
    here.wait()  # all processes are there
    print(f"a process: {sorted(weigh(process.pid) for process in crew)[count // 2]} kB")
    leave.set()  # all may go

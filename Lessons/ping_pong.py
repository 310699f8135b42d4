"""Two workers hand the turn to each other: two processes, then two threads."""

import multiprocessing
import threading
import time

trips = 500  # there and back
rounds = 5


def call():
    pass


def take_turns(count, mine, other):
    for _ in range(count):
        mine.acquire()  # wait for the turn
        other.release()  # hand it over


def report(name, started):
    microseconds = (time.perf_counter() - started) / (2 * trips) * 1e6
    print(f"{name}: {microseconds:.2f} µs for one")


def play(name, kind, semaphore):
    ping, pong = semaphore(0), semaphore(1)  # so pong has the first turn
    partner = kind(target=take_turns, args=(2 + rounds * trips, ping, pong))
    partner.start()
    take_turns(2, pong, ping)  # now the partner is there
    for _ in range(rounds):
        started = time.perf_counter()
        take_turns(trips, pong, ping)
        report(name, started)
    partner.join()


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    started = time.perf_counter()
    for _ in range(2 * trips):
        call()
    report("function call", started)
    play("processes", multiprocessing.Process, multiprocessing.Semaphore)
    play("threads", threading.Thread, threading.Semaphore)

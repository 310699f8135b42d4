"""A function that holds the lock calls itself, and takes the lock again."""

import threading

depth = 2  # times the lock is taken, one inside the other
lock = threading.RLock()  # with threading.Lock() this program never ends


def enter(level):
    with lock:
        print(f"taken {level} deep")
        if level < depth:
            enter(level + 1)
        else:
            stranger = threading.Thread(target=release_it, name="stranger")
            stranger.start()
            stranger.join()


def release_it():
    try:
        lock.release()
    except RuntimeError as error:
        print(f"another thread may not release it: {error}")


worker = threading.Thread(target=enter, args=(1,), name="worker")
worker.start()
worker.join()
print("the worker has ended")

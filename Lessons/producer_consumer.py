"""Two threads share one list: one adds at the end, the other takes from the front."""

import threading
import time

items = 10
add_delay = 0.1  # seconds before each add
remove_delay = 0.15  # seconds before each try to take

shared = []
list_lock = threading.Lock()


def add():
    for number in range(items):
        time.sleep(add_delay)
        with list_lock:  # the remover stays out until the line is printed
            shared.append(number)
            print(f"added {number}, the list is {shared}")


def remove():
    for _ in range(items):
        time.sleep(remove_delay)
        with list_lock:  # the adder stays out from the look to the print
            if shared:
                number = shared.pop(0)
                print(f"took {number}, the list is {shared}")
            else:
                print("the list is empty, waiting for a number")


adder = threading.Thread(target=add, name="adder")
remover = threading.Thread(target=remove, name="remover")
adder.start()
remover.start()
adder.join()
remover.join()
print(f"left at the end: {shared}")

"""Two threads share one list: one adds at the end, the other removes from the front."""

import threading
import time

items = 10
add_delay, remove_delay = 0.1, 0.15  # seconds before each add and each try to remove
producers, consumers = 1, 1  # threads that add, threads that remove
pause = 0.0  # seconds between the look and the pop

shared_list = []
list_lock = threading.Lock()


def add_to_list():
    for i in range(items):
        time.sleep(add_delay)
        with list_lock:  # no other thread removes until the line is printed
            shared_list.append(i)
            print(f"Added {i} to list. Current list: {shared_list}")


def remove_from_list():
    for _ in range(items):
        time.sleep(remove_delay)
        with list_lock:  # no other thread removes between the look and the pop
            if shared_list:
                time.sleep(pause)
                removed_item = shared_list.pop(0)
                print(f"Removed {removed_item} from list. Current list: {shared_list}")
            else:
                print("List is empty, waiting for items...")


add_threads = [threading.Thread(target=add_to_list) for _ in range(producers)]
remove_threads = [threading.Thread(target=remove_from_list) for _ in range(consumers)]
for add_thread in add_threads:
    add_thread.start()
for remove_thread in remove_threads:
    remove_thread.start()
for add_thread in add_threads:
    add_thread.join()
for remove_thread in remove_threads:
    remove_thread.join()
print("Final list:", shared_list)

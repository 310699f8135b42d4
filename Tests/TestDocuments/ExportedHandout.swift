/// A handout as a word processor exports it: Markdown in a text file, with cut programs, labels of
/// code boxes, blank lines in code, lone hyphens, and sections without headings.
public enum ExportedHandout {
  public static let name = "exported-handout.txt"

  public static let text = #"""


    Handout for week nine

    1 . Threads pay off when:

    1. **The program waits for I/O:** A thread that waits for a disk or for the network needs no core. While it waits, the others go on, so ten downloads take about as long as the slowest of them. That is what people mean by an I/O-bound program, and for such a program threads are enough.
    2. **A responsive window matters:** A long computation in the thread that draws the window freezes it. Move the computation to another thread, and a click is answered in time. Responsiveness is the reason why most desktop programs have more than one thread.
    3. **Memory overhead counts:** Each process needs an interpreter of its own. A thread needs little more than its stack, so a thousand of them fit where a hundred processes do not.

    Processes pay off when:

    1. **The work is CPU-bound:** Python's GIL lets one thread at a time run bytecode. Processes have one GIL each, so the work of four of them can keep four cores busy.
     2. **Isolation is needed:** A process that dies takes its own memory along and nothing else. That is worth its price where plug-ins or untested code runs.
    -

    2 . A **pool of processes** is a set of workers that start once and take one task after the other. Starting a process costs much more than giving it a task, so a pool pays for itself as soon as the tasks are many and short, and it keeps the number of processes below what the machine can carry at the

    same time without swapping, which nobody would enjoy.

    What a Pool Takes Off Your Hands

    1. **Process Creation:** A worker is started once and not for every task. On a small machine that is the difference between a millisecond and a few microseconds for a short task, and all of the tasks together feel it.
    2. **Task Distribution:** The next task goes to the worker that is free, whichever it is. Nobody has to write a schedule, and a worker with a long task does not hold up the line behind it.
    3. **Queuing:** Tasks that find no free worker wait in line. The line is part of the pool, so the program that hands out the tasks never has to look at it or to count.

    A pool is worth little for tasks that take longer than starting a process. Then these remain:

    - one process for each task
    - threads, if the tasks only wait
    -

    3. **Sharing** a value needs a rule for taking turns, since two threads that change it together may lose a change.

    For Threads

    1. **Locks (threading.Lock):**

    - One thread holds it, and every other thread that asks has to wait.

    ```
    import threading
    ```

    ```
    guard = threading.Lock()
    ```

    ```
    with guard:
    ```

    ```
        # one thread at a time
    ```

    ```
        pass
    ```

    2. **Queues (queue.Queue):**

    - A queue has its lock inside, and a thread that asks an empty queue waits.

    ```
    python
    ```

    ```
    Copy code
    ```

    ```
    from queue import Queue
    ```

    ```
    line = Queue()
    ```

    For Processes

    1. **Pipes (multiprocessing.Pipe):**

    - A pipe has two ends, and each process keeps one of them.

    ```
    python
    Copy code
    from multiprocessing import Pipe
    near, far = Pipe()
    ```

    2. **Locks and Semaphores (multiprocessing.Lock, multiprocessing.Semaphore):**
     - A semaphore lets a few processes in, and a lock lets in one.
    -

    4 . Source Code:

    ```
    import threading

    import time

    stock = []

    guard = threading.Lock()

    def deliver():

        for crate in range(10):

            time.sleep(0.1)

            with guard:

                stock.append(crate)
    ```

    ```

    def sell():

        for crate in range(10):

            time.sleep(0.15)

            with guard:

                if stock:

                    print("sold", stock.pop(0))


    driver = threading.Thread(target=deliver)

    seller = threading.Thread(target=sell)


    driver.start()

    seller.start()

    driver.join()

    seller.join()

    ```

    - The lock keeps the two threads from using the list together.

    5 . Source Code:

    ```
    import time

    def nap():

        time.sleep(1)

        return "rested"

    print(nap())
    ```

    """#
}

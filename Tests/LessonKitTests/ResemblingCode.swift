/// Programs by other authors. Some do the same as a demo, and others only look similar.
enum ResemblingCode {
  static let all: [String: (demo: String, texts: [String])] = [
    "two threads and a list": ("producer-consumer", [renamed, wordy, acquiring]),
    "factorials on a pool": ("factorial", [pooled, recursive]),
    "pools of several sizes": ("pool-sizing", [timed, clocked]),
    "a queue between threads": ("queue", [queue]),
    "a queue between processes": ("process-queue", [processQueue]),
    "a few at a time": ("semaphore", [permits]),
  ]

  private static let renamed = """
    import threading
    import time

    numbers = []
    guard = threading.Lock()

    def fill():
        for i in range(20):
            time.sleep(1)
            with guard:
                numbers.append(i)
                print("put", i, numbers)

    def drain():
        for i in range(20):
            time.sleep(1.5)
            with guard:
                if numbers:
                    n = numbers.pop(0)
                    print("got", n, numbers)
                else:
                    print("nothing there")

    t1 = threading.Thread(target=fill)
    t2 = threading.Thread(target=drain)
    t1.start()
    t2.start()
    t1.join()
    t2.join()
    """

  private static let wordy = """
    from threading import Thread, Lock
    from time import sleep

    basket = []
    key = Lock()

    def baker():
        print("the baker begins")
        for loaf in range(1, 11):
            sleep(0.4)
            print("the baker has a loaf")
            with key:
                basket.append(loaf)
                print(f"in the basket: {basket}")
        print("the baker is done")

    def guest():
        print("the guest begins")
        for _ in range(10):
            sleep(0.7)
            with key:
                if len(basket) > 0:
                    loaf = basket.pop(0)
                    print(f"the guest takes {loaf}")
                else:
                    print("the guest waits")
        print("the guest is done")

    threads = [Thread(target=baker), Thread(target=guest)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("all done", basket)
    """

  private static let acquiring = """
    import threading, time

    shared_list = []
    lock = threading.Lock()

    def add_numbers():
        n = 0
        while n < 10:
            lock.acquire()
            shared_list.append(n)
            print("Added", n)
            lock.release()
            n += 1
            time.sleep(1)

    def remove_numbers():
        while True:
            lock.acquire()
            if shared_list:
                print("Removed", shared_list.pop(0))
            lock.release()
            time.sleep(1.5)

    adder = threading.Thread(target=add_numbers)
    remover = threading.Thread(target=remove_numbers, daemon=True)
    adder.start()
    remover.start()
    adder.join()
    """

  private static let pooled = """
    from concurrent.futures import ThreadPoolExecutor

    def fact(k):
        result = 1
        for i in range(1, k + 1):
            result *= i
        return result

    values = [1, 2, 3, 4, 5]
    with ThreadPoolExecutor(max_workers=5) as executor:
        answers = list(executor.map(fact, values))
    for value, answer in zip(values, answers):
        print(value, answer)
    """

  private static let recursive = """
    import concurrent.futures

    def factorial(n):
        if n == 0 or n == 1:
            return 1
        return n * factorial(n - 1)

    numbers = range(1, 11)

    with concurrent.futures.ThreadPoolExecutor(max_workers=4) as pool:
        results = pool.map(factorial, numbers)

    for number, result in zip(numbers, results):
        print(f"The factorial of {number} is {result}")
    """

  private static let timed = """
    from multiprocessing import Pool
    import time

    def f(x):
        return x * x

    if __name__ == "__main__":
        for n in range(1, 6):
            begin = time.perf_counter()
            with Pool(n) as p:
                values = p.map(f, range(10))
            print(n, "processes:", time.perf_counter() - begin, values)
    """

  private static let clocked = """
    import multiprocessing
    import time

    def square(n):
        return n * n

    def run(workers):
        start = time.time()
        pool = multiprocessing.Pool(processes=workers)
        result = pool.map(square, range(1, 11))
        pool.close()
        pool.join()
        end = time.time()
        print(f"Pool of {workers}: {result} in {end - start} seconds")

    if __name__ == "__main__":
        for workers in range(1, 6):
            run(workers)
    """

  private static let queue = """
    import queue
    import threading
    import time

    jobs = queue.Queue(maxsize=5)

    def produce():
        for n in range(10):
            time.sleep(0.1)
            jobs.put(n)
        jobs.put(None)

    def consume():
        while True:
            n = jobs.get()
            if n is None:
                break
            print("got", n)
            jobs.task_done()

    threading.Thread(target=produce).start()
    threading.Thread(target=consume).start()
    """

  private static let processQueue = """
    from multiprocessing import Process, Queue

    def f(q):
        q.put([42, None, "hello"])

    if __name__ == "__main__":
        q = Queue()
        p = Process(target=f, args=(q,))
        p.start()
        print(q.get())
        p.join()
    """

  private static let permits = """
    import threading
    import time

    gate = threading.Semaphore(3)

    def visit(number):
        with gate:
            print(number, "is in")
            time.sleep(1)
            print(number, "leaves")

    visitors = [threading.Thread(target=visit, args=(n,)) for n in range(10)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    """

  /// Programs that match no demo.
  static let strange = [
    """
    import threading

    counter = 0
    lock = threading.Lock()

    def work():
        global counter
        for _ in range(100000):
            with lock:
                counter += 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    print(counter)
    """,
    """
    import threading
    import time

    def greet(name):
        time.sleep(1)
        print("hello", name)

    one = threading.Thread(target=greet, args=("one",))
    two = threading.Thread(target=greet, args=("two",))
    one.start()
    two.start()
    one.join()
    two.join()
    """,
    """
    import requests
    from concurrent.futures import ThreadPoolExecutor, as_completed

    urls = ["https://example.org/a", "https://example.org/b"]

    def fetch(url):
        reply = requests.get(url, timeout=5)
        return url, reply.status_code

    with ThreadPoolExecutor(max_workers=8) as pool:
        futures = [pool.submit(fetch, url) for url in urls]
        for future in as_completed(futures):
            print(future.result())
    """,
    """
    from multiprocessing import Process
    import os

    def info(title):
        print(title)
        print("module name:", __name__)
        print("parent process:", os.getppid())
        print("process id:", os.getpid())

    if __name__ == "__main__":
        info("main line")
        p = Process(target=info, args=("bob",))
        p.start()
        p.join()
    """,
    """
    import threading
    import time

    a = threading.Lock()
    b = threading.Lock()

    def first():
        with a:
            time.sleep(0.1)
            with b:
                print("first")

    def second():
        with b:
            time.sleep(0.1)
            with a:
                print("second")

    threading.Thread(target=first).start()
    threading.Thread(target=second).start()
    """,
    """
    import asyncio

    async def main():
        results = await asyncio.gather(*(work(n) for n in range(10)))
        for n, value in zip(range(10), results):
            print(n, value)

    async def work(n):
        await asyncio.sleep(0.1)
        return n * n

    asyncio.run(main())
    """,
    """
    stack = []
    for item in range(10):
        stack.append(item)
        print(stack)
    while stack:
        print(stack.pop(0))
    print("empty")
    """,
    """
    def factorial(n):
        product = 1
        for factor in range(2, n + 1):
            product *= factor
        return product

    for n in range(10):
        print(n, factorial(n))
    """,
    """
    import threading
    lock = threading.Lock()
    with lock:
        shared.append(1)
    """,
    """
    public class Counter {
      private final List<Integer> shared = new ArrayList<>();
      synchronized void add(int n) { shared.add(n); }
      synchronized int take() { return shared.remove(0); }
      public static void main(String[] args) throws Exception {
        Thread adder = new Thread(() -> add(1));
        Thread remover = new Thread(() -> take());
        adder.start(); remover.start();
        adder.join(); remover.join();
      }
    }
    """,
    """
    words = text.lower().split()
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    for word, count in sorted(counts.items(), key=lambda item: -item[1])[:10]:
        print(word, count)
    """,
  ]
}

extension DemoCatalog {
  static let lesson6: [Demo] = [
    Demo(
      id: "leak",
      title: "What a failed task leaves open",
      summary: "Tasks open a file and fail; the files stay open until the process has none left.",
      lessons: [6],
      parameters: [
        .count("limit", "files that the process may have open", 16...256, 32),
        .choice("close", "close the file when a task fails", ["never", "always"]),
        .time("delay", "time between two tasks", milliseconds: 0...1000, 30),
      ],
      views: [.strip, .exceptions],
      hasDelays: true),
    Demo(
      id: "corruption",
      title: "Half a transfer",
      summary: "A transfer fails between its two halves; the lock is released all the same.",
      lessons: [6],
      parameters: [
        .count("transfers", "transfers each thread makes", 1...100, 5),
        .count("fail-at", "transfer that fails, or 0 for none", 0...100, 3),
        .choice("repair", "undo a half-done transfer", ["off", "on"]),
        .time("delay", "time between two transfers", milliseconds: 0...1000, 40),
      ],
      views: [.exceptions],
      hasDelays: true),
    Demo(
      id: "cascade",
      title: "One failure causes the next",
      summary: "The producer fails, its consumers wait, and so does the thread that joins them.",
      lessons: [6],
      parameters: [
        .count("consumers", "threads that wait for items", 1...8, 2),
        .count("fail-at", "item at which the producer fails", 1...100, 3),
        .time(
          "watchdog", "time without an item until the watchdog acts", milliseconds: 200...5000, 1000
        ),
      ],
      views: [.exceptions],
      hasDelays: true),
    Demo(
      id: "abandoned-lock",
      title: "A lock that nobody releases",
      summary: "A thread fails while it holds a lock; another one does the same, but uses with.",
      lessons: [6],
      parameters: [
        .count("waiters", "threads that want the lock", 1...8, 2),
        .time("hold", "time until the holder fails", milliseconds: 1...1000, 100),
      ],
      views: [.waits],
      hasDelays: true,
      endsStuck: { _ in true }),
    Demo(
      id: "two-locks",
      title: "Two locks, two orders",
      summary: "Two threads transfer money in opposite directions, and each needs two locks.",
      lessons: [6],
      parameters: [
        .choice("order", "order of the two acquires", ["opposite", "same"]),
        .time("delay", "time between the two acquires", milliseconds: 1...1000, 20),
        .time(
          "timeout", "longest wait for the second lock, or 0 for no limit",
          milliseconds: 0...2000, 0),
        .time(
          "pause", "longest random pause before another try", milliseconds: 0...1000, 0),
        .count("transfers", "transfers each thread makes", 1...20, 1),
      ],
      views: [.waits],
      hasDelays: true,
      endsStuck: { $0.choice("order") == "opposite" && $0.nanoseconds("timeout") == 0 }),
    Demo(
      id: "catch-inside",
      title: "Catch it where it happens",
      summary: "Some tasks fail; each process and each thread catches its own exceptions.",
      lessons: [6],
      parameters: [
        .count("workers", "number of processes, and of threads", 1...8, 3),
        .count("tasks", "tasks of each worker", 1...50, 4),
        .count("fail-every", "with 3, every third task fails", 1...50, 3),
        .choice("catch", "catch the exceptions of the tasks", ["on", "off"]),
      ],
      views: [.exceptions],
      hasDelays: true),
    Demo(
      id: "exception-log",
      title: "Where, why and who",
      summary:
        "Failures of threads and processes become records of one log, which one thread writes.",
      lessons: [6],
      parameters: [
        .count("workers", "number of threads, and of processes", 1...8, 2),
        .count("tasks", "tasks of each worker", 1...50, 4),
        .count("fail-every", "with 3, every third task fails", 1...50, 2),
      ],
      views: [.exceptions],
      hasDelays: true),
    Demo(
      id: "future-exception",
      title: "An exception that waits in its future",
      summary: "A task fails in its worker; result() raises the exception again in its caller.",
      lessons: [6],
      parameters: [
        .count("tasks", "number of tasks", 1...50, 5),
        .count("fail-at", "task that fails", 1...50, 3),
        .choice("ask", "ask each future, none, or map() for all results", ["on", "off", "map"]),
        .choice("pool", "kind of workers", ["threads", "processes"]),
      ],
      views: [.exceptions],
      hasDelays: true),
    Demo(
      id: "exception-queue",
      title: "Report to the main thread",
      summary: "Workers put their exceptions into a queue; the main thread handles them.",
      lessons: [6],
      parameters: [
        .count("workers", "threads that work", 1...8, 3),
        .count("tasks", "tasks of each worker", 1...50, 4),
        .count("fail-every", "with 3, every third task fails", 1...50, 3),
      ],
      views: [.exceptions],
      hasDelays: true),
    Demo(
      id: "finally",
      title: "Released, whatever happens",
      summary:
        "A lock is released after success, an exception and a return, but not after a kill.",
      lessons: [6],
      parameters: [
        .count("rounds", "times that each way is tried", 1...50, 3),
        .choice("kill", "kill a process that holds the lock", ["on", "off"]),
      ],
      views: [.exceptions],
      listing: "finally_demo.py", hasDelays: true),
    Demo(
      id: "timeout-cancel",
      title: "Give up waiting",
      summary: "The caller gives up and the task goes on; only a process can be terminated.",
      lessons: [6],
      parameters: [
        .time("timeout", "time until the caller gives up", milliseconds: 10...2000, 100),
        .time("task", "length of the task", milliseconds: 100...5000, 1000),
      ],
      views: [.exceptions],
      hasDelays: true),
  ]
}

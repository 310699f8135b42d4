extension DemoCatalog {
  static let lesson6: [Demo] = [
    Demo(
      id: "leak",
      title: "What a failed task keeps",
      summary: "Tasks open a file and fail; the files stay open until the process has none left.",
      lessons: [6],
      parameters: [
        .count("limit", "descriptors the process may have", 16...256, 32),
        .choice("close", "close the file whatever happens", ["never", "always"]),
        .time("delay", "between two tasks", milliseconds: 0...1000, 30),
      ],
      views: [.strip, .exceptions],
      hasDelays: true),
    Demo(
      id: "corruption",
      title: "Half a transfer",
      summary: "A transfer fails between taking and giving; the lock is released all the same.",
      lessons: [6],
      parameters: [
        .count("transfers", "transfers each thread makes", 1...100, 5),
        .count("fail-at", "the transfer that fails, 0 for none", 0...100, 3),
        .choice("repair", "undo a half-done transfer", ["off", "on"]),
        .time("delay", "between two transfers", milliseconds: 0...1000, 40),
      ],
      views: [.exceptions],
      hasDelays: true),
    Demo(
      id: "cascade",
      title: "One failure pulls the next",
      summary: "The producer dies, its consumers wait, and whoever waits for them waits too.",
      lessons: [6],
      parameters: [
        .count("consumers", "threads that wait for items", 1...8, 2),
        .count("fail-at", "the item at which the producer fails", 1...100, 3),
        .time("watchdog", "until somebody ends it", milliseconds: 200...5000, 1000),
      ],
      views: [.exceptions],
      hasDelays: true),
    Demo(
      id: "abandoned-lock",
      title: "A lock nobody will release",
      summary: "A thread dies with the lock in its hand; beside it the same thread, using with.",
      lessons: [6],
      parameters: [
        .count("waiters", "threads that want the lock", 1...8, 2),
        .time("hold", "until its holder fails", milliseconds: 1...1000, 100),
      ],
      views: [.waits],
      hasDelays: true,
      endsStuck: { _ in true }),
    Demo(
      id: "catch-inside",
      title: "Catch it where it happens",
      summary: "Some tasks fail; each thread and each process catches its own and ends in order.",
      lessons: [6],
      parameters: [
        .count("workers", "threads, and processes", 1...8, 3),
        .count("tasks", "tasks of each", 1...50, 4),
        .count("fail-every", "every so many tasks one fails", 1...50, 3),
      ],
      views: [.exceptions],
      hasDelays: true),
    Demo(
      id: "exception-log",
      title: "Where, why and who",
      summary: "Failures of threads and processes become lines in one log, by way of one writer.",
      lessons: [6],
      parameters: [
        .count("workers", "threads, and processes", 1...8, 2),
        .count("tasks", "tasks of each", 1...50, 4),
        .count("fail-every", "every so many tasks one fails", 1...50, 2),
      ],
      views: [.exceptions],
      hasDelays: true),
    Demo(
      id: "future-exception",
      title: "An exception that waits to be asked",
      summary: "A task fails in its worker; result() raises it again where it is asked for.",
      lessons: [6],
      parameters: [
        .count("tasks", "tasks of the pool", 1...50, 5),
        .count("fail-at", "the task that fails", 1...50, 3),
        .choice("ask", "ask every future for its result", ["on", "off"]),
        .choice("pool", "what the pool is made of", ["threads", "processes"]),
      ],
      views: [.exceptions],
      hasDelays: true),
    Demo(
      id: "exception-queue",
      title: "Tell the main thread",
      summary: "Workers put what went wrong into a queue; the main thread deals with it.",
      lessons: [6],
      parameters: [
        .count("workers", "threads that work", 1...8, 3),
        .count("tasks", "tasks of each", 1...50, 4),
        .count("fail-every", "every so many tasks one fails", 1...50, 3),
      ],
      views: [.exceptions],
      hasDelays: true),
    Demo(
      id: "finally",
      title: "Given back, whatever happens",
      summary:
        "What was acquired is released after success, exception and return; not after a kill.",
      lessons: [6],
      parameters: [
        .count("rounds", "times each way is tried", 1...50, 3),
        .choice("kill", "kill a process that holds it", ["on", "off"]),
      ],
      views: [.exceptions],
      listing: "finally_demo.py", hasDelays: true),
    Demo(
      id: "timeout-cancel",
      title: "Give up waiting",
      summary: "The caller gives up on time and the task goes on; only a process can be ended.",
      lessons: [6],
      parameters: [
        .time("timeout", "until the caller gives up", milliseconds: 10...2000, 100),
        .time("task", "length of the task", milliseconds: 100...5000, 1000),
      ],
      views: [.exceptions],
      hasDelays: true),
  ]
}

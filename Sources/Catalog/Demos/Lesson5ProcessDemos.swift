extension DemoCatalog {
  static let lesson5Processes: [Demo] = [
    Demo(
      id: "process-queue",
      title: "A queue between processes",
      summary: "One process puts values into a queue, and other processes get them.",
      lessons: [5],
      parameters: [
        .count("items", "values to send; the first is 10", 1...1000, 10),
        .count("consumers", "processes that get", 1...8, 2),
        .time("delay", "sleep before each put", milliseconds: 0...1000, 30),
      ],
      views: [.strip],
      hasDelays: true),
    Demo(
      id: "pipe",
      title: "The two ends of a pipe",
      summary:
        "The number 42 goes from the parent to its child; then a pipe and a queue are timed.",
      lessons: [5],
      parameters: [
        .count("messages", "round trips to time", 1...10_000, 300),
        .count("size", "bytes in each message", 1...32_768, 64),
        .rounds(default: 5),
      ],
      views: [.bars],
      measures: ["a round trip", "cores used"]),
    Demo(
      id: "two-readers",
      title: "Two readers at one end",
      summary: "Two processes read at the same end of a pipe, and messages get mixed up.",
      lessons: [5],
      parameters: [
        .count("messages", "messages to send", 4...200, 20),
        .count("readers", "processes that read at the same end", 1...4, 2),
      ],
      staging: { arguments in
        guard arguments["readers"] != .integer(1) else { return nil }
        return "The first overlap is made on purpose: each reader takes one length and waits."
      }),
    Demo(
      id: "shared-memory",
      title: "Memory that all see",
      summary: "A counter and the array 1, 2, 3, 4, in memory that processes share.",
      lessons: [5],
      parameters: [
        .choice("lock", "hold the value's lock from read to write", ["on", "off"]),
        .count("workers", "processes that count", 2...8, 2),
        .count("increments", "increments by each process", 1...1_000_000, 50_000),
      ]),
    Demo(
      id: "manager",
      title: "A process that keeps data for others",
      summary: "A server process keeps a list and a dictionary; others use them through messages.",
      lessons: [5],
      parameters: [
        .count("workers", "processes that use the data", 1...8, 2),
        .count("updates", "updates by each process", 1...1000, 50),
        .choice("lock", "hold a lock for the two calls of an update", ["off", "on"]),
      ],
      views: [.bars],
      measures: ["table", "one read", "cores used"]),
    Demo(
      id: "process-lock",
      title: "One process at a time",
      summary: "Processes take turns in a section that only one may enter at a time.",
      lessons: [5],
      parameters: [
        .count("workers", "processes that take turns", 2...8, 4),
        .count("turns", "turns of each", 1...50, 3),
        .time("hold", "time inside", milliseconds: 1...1000, 30),
      ],
      views: [.waits],
      hasDelays: true),
    Demo(
      id: "semaphore",
      title: "A few at a time",
      summary: "Processes share a few permits; never more are inside than there are permits.",
      lessons: [5],
      parameters: [
        .count("permits", "processes that may be inside", 1...8, 2),
        .count("workers", "processes that take turns", 2...12, 5),
        .count("turns", "turns of each", 1...50, 3),
        .time("hold", "time inside", milliseconds: 1...1000, 40),
      ],
      views: [.strip],
      hasDelays: true),
    Demo(
      id: "process-condition",
      title: "One process notifies another",
      summary: "Processes wait with a lock, which the wait releases, until another notifies them.",
      lessons: [5],
      parameters: [
        .count("waiters", "processes that wait", 1...8, 3),
        .time("delay", "time between two notifications", milliseconds: 1...2000, 150),
      ],
      views: [.waits],
      hasDelays: true),
    Demo(
      id: "process-event",
      title: "A flag between processes",
      summary: "Processes wait for a flag; another process sets it, and all of them continue.",
      lessons: [5],
      parameters: [
        .count("waiters", "processes that wait", 1...8, 4),
        .time("delay", "time until the flag is set", milliseconds: 1...5000, 300),
      ],
      hasDelays: true),
  ]
}

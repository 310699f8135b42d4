extension DemoCatalog {
  static let lesson5Processes: [Demo] = [
    Demo(
      id: "process-queue",
      title: "A queue between processes",
      summary: "One process puts, others get: the values cross from memory to memory.",
      lessons: [5],
      parameters: [
        .count("items", "values that go through, the first a 10", 1...1000, 10),
        .count("consumers", "processes that get", 1...8, 2),
        .time("delay", "before each put", milliseconds: 0...1000, 30),
      ],
      views: [.strip],
      hasDelays: true),
    Demo(
      id: "pipe",
      title: "Two ends and nothing between",
      summary: "A 42 goes from the parent's end to the child's; then pipe and queue are timed.",
      lessons: [5],
      parameters: [
        .count("messages", "round trips that are timed", 1...10_000, 300),
        .count("size", "bytes in each", 1...32_768, 64),
        .rounds(default: 5),
      ],
      views: [.bars]),
    Demo(
      id: "shared-memory",
      title: "Memory that all see",
      summary: "A number from 0 and a row 1, 2, 3, 4 in memory that processes share.",
      lessons: [5],
      parameters: [
        .choice("lock", "hold the value's lock from read to write", ["on", "off"]),
        .count("workers", "processes that count", 2...8, 2),
        .count("increments", "counts of each", 1...1_000_000, 50_000),
      ]),
    Demo(
      id: "manager",
      title: "A process that keeps things for others",
      summary: "A server process keeps a list and a dictionary; others use them by messages.",
      lessons: [5],
      parameters: [
        .count("workers", "processes that use them", 1...8, 2),
        .count("updates", "updates of each", 1...1000, 50),
      ],
      views: [.bars]),
    Demo(
      id: "process-lock",
      title: "One process at a time",
      summary: "Processes take turns in a section that one may be in at a time.",
      lessons: [5],
      parameters: [
        .count("workers", "processes that want in", 2...8, 4),
        .count("turns", "times each goes in", 1...50, 3),
        .time("hold", "stay inside", milliseconds: 1...1000, 30),
      ],
      views: [.waits],
      hasDelays: true),
    Demo(
      id: "semaphore",
      title: "So many at a time",
      summary: "Processes share a few permits: never more inside than there are.",
      lessons: [5],
      parameters: [
        .count("permits", "how many may be inside", 1...8, 2),
        .count("workers", "processes that want in", 2...12, 5),
        .count("turns", "times each goes in", 1...50, 3),
        .time("hold", "stay inside", milliseconds: 1...1000, 40),
      ],
      views: [.strip],
      hasDelays: true),
    Demo(
      id: "process-condition",
      title: "One process tells another",
      summary: "Processes wait inside a lock that the wait lets go, until another notifies them.",
      lessons: [5],
      parameters: [
        .count("waiters", "processes that wait", 1...8, 3),
        .time("delay", "between two notifications", milliseconds: 1...2000, 150),
      ],
      views: [.waits],
      hasDelays: true),
    Demo(
      id: "process-event",
      title: "A flag between processes",
      summary: "Processes wait for one flag; another sets it, and all go on.",
      lessons: [5],
      parameters: [
        .count("waiters", "processes that wait", 1...8, 4),
        .time("delay", "until the flag is set", milliseconds: 1...5000, 300),
      ],
      hasDelays: true),
  ]
}

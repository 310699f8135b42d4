extension DemoCatalog {
  static let lesson5Threads: [Demo] = [
    Demo(
      id: "lock",
      title: "One at a time",
      summary: "Threads take turns in a section that one may be in at a time.",
      lessons: [5],
      parameters: [
        .count("threads", "threads that want in", 2...8, 3),
        .count("turns", "times each goes in", 1...50, 4),
        .time("hold", "stay inside", milliseconds: 1...1000, 30),
      ],
      views: [.waits, .exceptions],
      hasDelays: true),
    Demo(
      id: "rlock",
      title: "A lock its holder may take again",
      summary: "One function that holds the lock calls another that takes it too.",
      lessons: [5],
      parameters: [
        .choice("kind", "which lock it is", ["reentrant", "plain"]),
        .count("depth", "times it is taken, one inside the other", 2...8, 2),
      ],
      views: [.waits],
      endsStuck: { $0.choice("kind") == "plain" }),
    Demo(
      id: "queue",
      title: "A queue that waits by itself",
      summary: "Producers put, consumers get: put waits while the queue is full, get while it is "
        + "empty.",
      lessons: [5],
      parameters: [
        .count("capacity", "places in the queue", 1...100, 3),
        .count("items", "items each producer puts", 1...99, 8),
        .count("producers", "threads that put", 1...8, 2),
        .count("consumers", "threads that get", 1...8, 2),
        .time("put-delay", "before each put", milliseconds: 0...1000, 20),
        .time("get-delay", "after each get", milliseconds: 0...1000, 50),
      ],
      views: [.strip],
      listing: "queue_demo.py", hasDelays: true),
    Demo(
      id: "condition",
      title: "Wait until something is true",
      summary: "A consumer waits inside a lock that the wait lets go, until somebody notifies it.",
      lessons: [5],
      parameters: [
        .count("items", "items to hand over", 1...100, 6),
        .count("consumers", "threads that wait", 1...8, 2),
        .time("delay", "before each item", milliseconds: 1...1000, 80),
      ],
      views: [.waits],
      hasDelays: true),
    Demo(
      id: "event",
      title: "One flag for all",
      summary: "Threads wait for one flag; setting it lets all of them go at once.",
      lessons: [5],
      parameters: [
        .count("waiters", "threads that wait", 1...16, 4),
        .time("delay", "until the flag is set", milliseconds: 1...5000, 300),
      ],
      hasDelays: true),
  ]
}

extension DemoCatalog {
  static let lesson5Threads: [Demo] = [
    Demo(
      id: "lock",
      title: "One at a time",
      summary: "Threads take turns in a section that only one may enter at a time.",
      lessons: [5],
      parameters: [
        .count("threads", "threads that take turns", 2...8, 3),
        .count("turns", "turns of each", 1...50, 4),
        .time("hold", "time inside", milliseconds: 1...1000, 30),
      ],
      views: [.waits, .exceptions],
      hasDelays: true),
    Demo(
      id: "rlock",
      title: "A lock that its holder can take again",
      summary: "A function that holds a lock calls another one that takes the same lock.",
      lessons: [5],
      parameters: [
        .choice("kind", "kind of lock", ["reentrant", "plain"]),
        .count("depth", "times that it is taken, nested", 2...8, 2),
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
        .count("capacity", "capacity of the queue", 1...100, 3),
        .count("items", "items each producer puts", 1...99, 8),
        .count("producers", "threads that put", 1...8, 2),
        .count("consumers", "threads that get", 1...8, 2),
        .time("put-delay", "sleep before each put", milliseconds: 0...1000, 20),
        .time("get-delay", "sleep after each get", milliseconds: 0...1000, 50),
      ],
      views: [.strip],
      listing: "queue_demo.py", hasDelays: true),
    Demo(
      id: "condition",
      title: "Wait until something is true",
      summary: "A consumer waits with a lock, which the wait releases, until a thread notifies it.",
      lessons: [5],
      parameters: [
        .count("items", "items to hand over", 1...100, 6),
        .count("consumers", "threads that wait", 1...8, 2),
        .time("delay", "sleep before each item", milliseconds: 1...1000, 80),
      ],
      views: [.waits],
      hasDelays: true),
    Demo(
      id: "event",
      title: "One flag for all",
      summary: "Threads wait for a flag; one call sets it, and all of them continue.",
      lessons: [5],
      parameters: [
        .count("waiters", "threads that wait", 1...16, 4),
        .time("delay", "time until the flag is set", milliseconds: 1...5000, 300),
      ],
      hasDelays: true),
    Demo(
      id: "barrier",
      title: "Wait until all are there",
      summary: "Threads arrive one after the other, and all go on when the last one is there.",
      lessons: [5],
      parameters: [
        .count("parties", "threads that must be there", 2...16, 4),
        .time("delay", "time between two arrivals", milliseconds: 0...1000, 100),
      ],
      hasDelays: true),
  ]
}

extension DemoCatalog {
  static let lesson4: [Demo] = [
    Demo(
      id: "producer-consumer",
      title: "A producer and a consumer",
      summary: "Two threads share one list: one adds at the end, one removes from the front.",
      lessons: [4],
      parameters: [
        .count("items", "numbers each producer adds", 1...1000, 10),
        .time("add-delay", "sleep before each add", milliseconds: 0...10_000, 100),
        .time("remove-delay", "sleep before each try to remove", milliseconds: 0...10_000, 150),
        .count("producers", "threads that add", 1...16, 1),
        .count("consumers", "threads that remove", 1...16, 1),
        .time("pause", "sleep between the look and the pop", milliseconds: 0...1000, 0),
        .choice("lock", "hold a lock while the list is used", ["on", "off"]),
      ],
      printsListing: true, hasDelays: true,
      leftOut: [("with list_lock:", "lock", "off")]),
    Demo(
      id: "lost-update",
      title: "The count that comes up short",
      summary: "Threads count together; where a read and its write are two steps, counts get lost.",
      lessons: [4],
      parameters: [
        .count("threads", "threads that count", 2...8, 2),
        .count("increments", "increments by each thread", 1...1_000_000, 100_000),
        .choice("lock", "hold a lock from read to write", ["off", "on"]),
        .count("runs", "number of runs", 1...20, 5),
      ],
      staging: { arguments in
        guard arguments["lock"] == .choice("off") else { return nil }
        return "The overlap from 41 is made on purpose: neither writes before both have read."
      }),
  ]
}

extension Demo {
  static let producerConsumer = Demo(
    id: "producer-consumer",
    title: "A producer and a consumer",
    summary: "Two threads share one list: one adds at the end, one takes from the front.",
    lessons: [4],
    parameters: [
      Parameter("items", "numbers each producer adds", .integer(1...1000), default: .integer(10)),
      Parameter(
        "add-delay", "sleep before each add", .duration(0...10_000_000_000),
        default: .duration(nanoseconds: 100_000_000)),
      Parameter(
        "remove-delay", "sleep before each take", .duration(0...10_000_000_000),
        default: .duration(nanoseconds: 150_000_000)),
      Parameter("producers", "threads that add", .integer(1...16), default: .integer(1)),
      Parameter("consumers", "threads that take", .integer(1...16), default: .integer(1)),
      Parameter(
        "pause", "sleep between look and take", .duration(0...1_000_000_000),
        default: .duration(nanoseconds: 0)),
      Parameter(
        "lock", "hold a lock while the list is used", .choice(["on", "off"]),
        default: .choice("on")),
    ],
    listing: "producer_consumer.py", isExplorable: true, hasDelays: true)

  static let lostUpdate = Demo(
    id: "lost-update",
    title: "The count that comes up short",
    summary: "Threads count together; a read and a write that are two steps lose counts.",
    lessons: [4],
    parameters: [
      .count("threads", "threads that count", 2...8, 2),
      .count("increments", "counts of each thread", 1...1_000_000, 100_000),
      .choice("lock", "hold a lock from read to write", ["off", "on"]),
      .count("runs", "times it is tried", 1...20, 5),
    ],
    listing: "lost_update.py", isExplorable: true)
}

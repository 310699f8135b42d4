extension DemoCatalog {
  static let lesson8: [Demo] = [
    Demo(
      id: "pool-sizing",
      title: "How big should a pool be?",
      summary: "Pools of different sizes square the same numbers; each is timed from start to end.",
      lessons: [8],
      parameters: [
        Parameter("sizes", "pool sizes to try, in order", .span(1...32), default: .span(1...5)),
        .count("tasks", "numbers to square", 1...10_000, 10),
        .time("work", "computation in each task", milliseconds: 0...10_000, 0),
        .count("rounds", "times that each size is measured", 1...100, 1),
      ],
      views: [.bars],
      measures: ["time", "cores used", "workers", "speed-up", "serial share"], printsListing: true)
  ]
}

extension Demo {
  static let poolSizing = Demo(
    id: "pool-sizing",
    title: "How big should a pool be?",
    summary: "Pools of different sizes do the same squares; each is timed from start to end.",
    lessons: [8],
    parameters: [
      Parameter("sizes", "pool sizes, one after the other", .span(1...32), default: .span(1...5)),
      Parameter("tasks", "numbers to square", .integer(1...10_000), default: .integer(10)),
      Parameter(
        "work", "computation in each task", .duration(0...10_000_000_000),
        default: .duration(nanoseconds: 0)),
      Parameter("rounds", "times each size is measured", .integer(1...100), default: .integer(1)),
    ],
    views: [.bars],
    listing: "pool_sizing.py", isExplorable: false)
}

extension DemoCatalog {
  static let lesson3: [Demo] = [
    Demo(
      id: "monte-carlo-pi",
      title: "Throwing darts for pi",
      summary: "Random points in a square, counted by one process, then by several.",
      lessons: [3],
      parameters: [
        .count("samples", "total number of points", 1000...100_000_000, 20_000_000),
        .count("workers", "processes that share them", 1...8, 2),
        .rounds(default: 5),
      ],
      views: [.bars],
      measures: ["table", "time", "cores used"], asked: 2),
    Demo(
      id: "mandelbrot",
      title: "One picture, several workers",
      summary: "Worker processes compute the Mandelbrot set row by row, each in its own colour.",
      lessons: [3],
      parameters: [
        .count("rows", "rows of the picture", 8...96, 24),
        .count("workers", "processes that share them", 1...8, 2),
        .count("iterations", "steps before a point counts as inside", 100...5_000_000, 500_000),
        .rounds(default: 1),
      ],
      views: [.picture, .bars],
      measures: ["rows", "time", "cores used"]),
    Demo(
      id: "parallel-loop",
      title: "A loop, split among workers",
      summary: "Several workers share the rounds of one loop; the results come back in order.",
      lessons: [2, 3],
      parameters: [
        .count("steps", "rounds of the loop", 1...100, 12),
        .count("workers", "processes that share them", 1...8, 2),
        .count("chunk", "rounds in each task", 1...50, 1),
        .choice("task", "what a round does", ["compute", "sleep"]),
        .time("length", "length of each round", milliseconds: 1...1000, 60),
      ]),
    Demo(
      id: "affinity",
      title: "A worker tied to a core",
      summary: "Workers compute, free to move or each tied to one core; the kernel says where "
        + "they ran.",
      lessons: [3],
      parameters: [
        .count("workers", "processes that compute", 1...8, 2),
        .count("samples", "times that each checks its core", 1...200, 20),
        .choice("pin", "tie each worker to a core", ["on", "off"]),
      ]),
  ]
}

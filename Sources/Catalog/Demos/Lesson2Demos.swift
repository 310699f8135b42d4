extension DemoCatalog {
  static let lesson2: [Demo] = [
    Demo(
      id: "pool-reuse",
      title: "A process for every task, or a pool",
      summary: "The same short tasks: with a new process for each, then on a pool of processes.",
      lessons: [2],
      parameters: [
        .count("tasks", "number of tasks", 1...200, 64),
        .count("at-once", "tasks that run at the same time", 1...8, 2),
        .rounds(default: 5),
      ],
      views: [.bars],
      measures: ["processes", "time a task", "CPU time a task"], asked: 2),
    Demo(
      id: "pool-queue",
      title: "The next task goes to a free worker",
      summary: "Uneven tasks wait in line for a few workers; the load balances itself.",
      lessons: [2],
      parameters: [
        .count("tasks", "number of tasks", 1...100, 20),
        .count("workers", "processes in the pool", 1...8, 2),
        .choice("task", "what a task does", ["compute", "sleep"]),
        .time("short", "length of most tasks", milliseconds: 1...1000, 40),
        .time("long", "length of every fifth task", milliseconds: 1...2000, 200),
      ],
      views: [.strip, .bars],
      measures: ["tasks", "idle", "wait", "memory", "cores used"], asked: 2),
  ]
}

extension DemoCatalog {
  static func lesson1(cores: Int) -> [Demo] {
    [
      Demo(
        id: "io-bound",
        title: "Waiting in turn, and all together",
        summary: "Tasks that only wait for an answer: in turn, on threads, in processes.",
        lessons: [1],
        parameters: [
          .count("tasks", "answers to wait for", 1...32, 8),
          .time("wait", "time until each answer comes", milliseconds: 1...2000, 100),
          .rounds(default: 1),
        ],
        views: [.bars],
        measures: ["time", "CPU time", "start-up", "memory a task"]),
      Demo(
        id: "ping-pong",
        title: "The cost of a switch",
        summary: "Two threads, then two processes, hand the turn to each other.",
        lessons: [1],
        parameters: [
          .count("trips", "times that the turn goes there and back", 1...10_000, 500),
          .rounds(default: 5),
        ],
        views: [.bars],
        measures: ["time for one", "table"]),
      Demo(
        id: "memory-cost",
        title: "The memory of a thread and of a process",
        summary:
          "Threads, then as many processes: the memory of each, as the kernel counts it.",
        lessons: [1],
        parameters: [.count("count", "number of threads, and of processes", 1...64, 16)],
        views: [.bars],
        measures: [
          "private dirty", "PSS", "RSS", "virtual", "stack reserved", "stack touched", "table",
        ]),
      Demo(
        id: "many-clients",
        title: "A server and its clients",
        summary:
          "A server on local sockets: one thread for all clients, then a thread for each.",
        lessons: [1],
        parameters: [
          .count("clients", "clients that ask at the same time", 1...64, 32),
          .time("service", "time each answer takes", milliseconds: 1...500, 20),
        ],
        views: [.bars, .strip],
        measures: ["last answer", "first answer", "peak in service", "cores used"],
        hasDelays: true),
      Demo(
        id: "responsiveness",
        title: "A ticker beside a computation",
        summary:
          "A tick is due every few milliseconds beside a long computation: how late is it?",
        lessons: [1],
        parameters: [
          .time("period", "time between two ticks", milliseconds: 5...500, 20),
          .time("work", "length of the computation", milliseconds: 100...5000, 1000),
        ],
        views: [.bars, .strip],
        measures: ["ticks late", "ticks on time", "median lateness", "greatest lateness"]),
      Demo(
        id: "shared-state",
        title: "Whose variable is it?",
        summary: "A process changes its own variable; a thread changes its parent's.",
        lessons: [1],
        parameters: [.count("changes", "times that each adds one", 1...100, 1)]),
      Demo(
        id: "cpu-bound",
        title: "The same work on more workers",
        summary:
          "The same computation on one worker, then on more: threads and processes.",
        lessons: [1, 2, 3],
        parameters: [
          Parameter(
            "workers", "workers that share the work", .span(1...16),
            default: .span(1...max(2, min(4, cores)))),
          .time("work", "total computation", milliseconds: 50...5000, 200),
          .rounds(default: 5),
        ],
        views: [.bars],
        measures: ["time", "cores used", "speed-up"]),
      Demo(
        id: "crash-isolation",
        title: "A crash, and who survives it",
        summary: "A worker process dies of a real signal and its siblings finish; one thread of a "
          + "process takes all its threads along.",
        lessons: [1, 3],
        parameters: [
          .count("workers", "workers, one of which crashes", 2...8, 3),
          .choice("signal", "signal that ends the worker", ["segv", "abrt", "kill"]),
          .choice("lock", "hold a lock while counting", ["off", "on"]),
        ],
        views: [.bars],
        measures: ["reached", "table"],
        hasDelays: true),
      Demo(
        id: "split-data",
        title: "Splitting the data",
        summary: "Numbers go to worker processes, which add them up and send back the sums.",
        lessons: [1],
        parameters: [
          .count("size", "megabytes of numbers", 1...64, 16),
          .count("work", "times that each number is added", 1...10_000, 1),
          .count("workers", "processes that share them", 1...8, 2),
          .rounds(default: 5),
        ],
        views: [.bars],
        measures: ["time", "cores used", "bytes moved", "moving", "computing"]),
      Demo(
        id: "private-memory",
        title: "One address, two values",
        summary: "Two processes write at one address and each sees its own; then one tries to read "
          + "the other's.",
        lessons: [1],
        parameters: [.choice("peek", "try to read the other's memory", ["on", "off"])]),
    ]
  }
}

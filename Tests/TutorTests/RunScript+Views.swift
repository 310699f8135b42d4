internal import Catalog
internal import Events

extension RunScript {
  mutating func measure(_ name: String, _ value: Int64, _ unit: String, by actor: Int = 1) {
    add(.measure, by: actor, texts: [name, unit]) { $0[0] = value }
  }

  mutating func result(_ name: String, _ value: String, by actor: Int = 1) {
    add(.result, by: actor, texts: [name, value])
  }

  static let shown =
    "8 waits of 100 ms: 803 ms in turn, 101 ms on threads, 112 ms in processes; "
    + "starting 8 processes took 9 ms, starting 8 threads less than one"

  /// Eight waits in turn, on threads and in processes, measured several times.
  static func ioBound(rounds: Int = 1, isFinished: Bool = true) -> RunScript {
    var script = RunScript("io-bound")
    let arms: [(String, wall: Int64, cpu: Int64, memory: Int64)] = [
      ("in turn", 803_211_000, 1_204_000, 0), ("threads", 101_400_000, 2_100_000, 1_048_576),
      ("processes", 112_900_000, 14_800_000, 18_874_368),
    ]
    script.time = 100_000
    for round in 0..<rounds {
      for arm in arms {
        let more = Int64(round) * arm.wall / 40
        script.measure("\(arm.0): time", arm.wall + more, "ns")
        script.measure("\(arm.0): CPU time", arm.cpu + more / 100, "ns")
        script.measure("\(arm.0): memory", arm.memory, "B")
        script.measure("\(arm.0): cores used", arm.cpu * 100 / arm.wall + 1, "/100")
      }
    }
    guard isFinished else { return script }
    script.result("shown", shown)
    script.finish(.completed, at: 1_020_000)
    return script
  }
}

extension RunScript {
  mutating func acquire(_ actor: Int, _ object: Int, at micros: UInt64, depth: Int64? = nil) {
    time = max(time, micros)
    add(.lockAcquire, by: actor, object: object) { $0[0] = depth }
  }

  mutating func release(_ actor: Int, _ object: Int, at micros: UInt64, depth: Int64? = nil) {
    time = max(time, micros)
    add(.lockRelease, by: actor, object: object) { $0[0] = depth }
  }

  /// Three threads take turns with one lock. The script ends while two of them wait, or at the end.
  static func lockTurns(isFinished: Bool = false) -> RunScript {
    var script = RunScript("lock")
    script.name(1, "section_lock", "lock")
    for actor in 2...4 { script.thread(actor, named: "worker-\(actor - 1)", at: 100) }
    script.wait(1, for: .join, child: 2, at: 300)
    script.acquire(2, 1, at: 1_000)
    script.wait(3, for: .lock, object: 1, at: 2_000)
    script.wait(4, for: .lock, object: 1, at: 3_000)
    let turns = isFinished ? 12 : 8
    for turn in 0..<turns {
      let (holder, next) = (2 + turn % 3, 2 + (turn + 1) % 3)
      let at = UInt64(31_000 + turn * 30_000)
      script.release(holder, 1, at: at)
      if turn + 3 < 12 { script.wait(holder, for: .lock, object: 1, at: at + 100) }
      guard turn < 11 else { break }
      script.endWait(next, for: .lock, object: 1, at: at + 200, waited: 58_000_000)
      script.acquire(next, 1, at: at + 210)
    }
    guard isFinished else {
      // The holder has had the lock for a moment.
      script.wait(4, for: .sleep, at: 285_000)
      return script
    }
    for actor in 2...4 { script.add(.threadExit, by: actor) }
    script.endWait(1, for: .join, at: 370_000)
    script.result("shown", "12 turns of 3 threads: never more than 1 inside")
    script.finish(.completed, at: 371_000)
    return script
  }

  /// A thread that acquires its reentrant or plain lock a second time.
  static func takenAgain(isPlain: Bool) -> RunScript {
    var script = RunScript("rlock")
    script.name(1, "account_lock", isPlain ? "lock" : "rlock")
    script.thread(2, named: "teller", at: 100)
    script.acquire(2, 1, at: 1_000, depth: isPlain ? nil : 1)
    guard !isPlain else {
      script.wait(2, for: .lock, object: 1, at: 2_000)
      return script
    }
    script.acquire(2, 1, at: 2_000, depth: 2)
    script.release(2, 1, at: 30_000, depth: 1)
    script.release(2, 1, at: 60_000, depth: 0)
    script.add(.threadExit, by: 2)
    script.finish(.completed, at: 61_000)
    return script
  }

  /// Consumers that wait for a condition, a lost notification and one that wakes a consumer.
  static func condition() -> RunScript {
    var script = RunScript("condition")
    script.name(1, "ready_lock", "lock")
    script.name(2, "ready", "condition")
    for actor in 2...3 { script.thread(actor, named: "consumer-\(actor - 1)", at: 100) }
    script.thread(4, named: "producer", at: 200)
    script.acquire(4, 1, at: 300)
    script.add(.conditionNotify, by: 4, object: 2)
    script.release(4, 1, at: 400)
    for actor in 2...3 {
      script.acquire(actor, 1, at: 1_000)
      script.release(actor, 1, at: 1_050)
      script.wait(actor, for: .condition, object: 2, at: 1_100)
    }
    script.acquire(4, 1, at: 80_000)
    script.add(.conditionNotify, by: 4, object: 2)
    script.endWait(2, for: .condition, object: 2, at: 80_050, waited: 78_950_000)
    script.wait(2, for: .lock, object: 1, at: 80_060)
    return script
  }

  /// A thread that ends while it holds a lock, and two threads that wait for the lock.
  static func abandoned() -> RunScript {
    var script = RunScript("abandoned-lock")
    script.name(1, "account_lock", "lock")
    script.thread(2, named: "owner", at: 100)
    for actor in 3...4 { script.thread(actor, named: "waiter-\(actor - 2)", at: 200) }
    script.acquire(2, 1, at: 1_000)
    script.wait(3, for: .lock, object: 1, at: 20_000)
    script.add(.exceptionRaise, by: 2, line: 9, texts: ["ValueError", "amount is negative"])
    script.time = 100_000
    script.add(.threadExit, by: 2)
    script.wait(4, for: .lock, object: 1, at: 150_000)
    script.wait(1, for: .join, child: 3, at: 200_000)
    return script
  }

  /// Exceptions that are caught, raised again by a caller, and lost.
  static func exceptions(isFinished: Bool = true) -> RunScript {
    var script = RunScript("catch-inside")
    script.thread(2, named: "worker-1", at: 100)
    script.thread(3, named: "worker-2", at: 150)
    script.name(1, "pool", "pool")
    script.time = 20_000
    for kind in [EventKind.exceptionRaise, .exceptionCatch] {
      script.add(
        kind, by: 2, line: kind == .exceptionRaise ? 9 : 12,
        texts: ["ValueError", "task 3: the reading is below zero"])
    }
    for kind in [EventKind.taskSubmit, .taskStart] {
      script.add(kind, by: kind == .taskSubmit ? 1 : 3) {
        $0[0] = 5
        $0[1] = 1
        $0[2] = 1
      }
    }
    script.add(.exceptionRaise, by: 3, line: 9, texts: ["ZeroDivisionError", "division by zero"])
    script.add(.taskFail, by: 3) {
      $0[1] = 1
      $0[2] = 1
    }
    script.time = 43_000
    for kind in [EventKind.exceptionRaise, .exceptionCatch] {
      script.add(
        kind, by: 1, line: kind == .exceptionRaise ? 21 : 22,
        texts: ["ZeroDivisionError", "division by zero"])
    }
    script.add(
      .exceptionRaise, by: 3, line: 9, texts: ["OSError", "[Errno 24] Too many open files"])
    script.add(.threadExit, by: 3)
    guard isFinished else { return script }
    script.add(.threadExit, by: 2)
    script.finish(.completed, at: 60_000)
    return script
  }

  /// Two processes that make half or all rows of a picture in mixed order.
  static func picture(rows: Int = 24, of whole: Int = 24) -> RunScript {
    var script = RunScript("mandelbrot")
    script.process(2, named: "worker-1", pid: 4802, at: 100)
    script.process(3, named: "worker-2", pid: 4803, at: 200)
    for place in 0..<rows {
      let row = place * 7 % whole
      let signs = Array(" .:-=+*#@")
      let text = (0..<72).map { column in
        let (x, y) = ((column - 36) / 4, row - whole / 2)
        return signs[max(0, 8 - (x * x + y * y) / 16)]
      }
      script.result("row \(row)", String(text), by: row < whole / 2 ? 2 : 3)
    }
    return script
  }
}

extension RunScript {
  /// A queue with three places that is full for a while, and a measured series without a maximum.
  static func strips() -> RunScript {
    var script = RunScript("queue")
    script.name(1, "tasks", "queue")
    script.name(2, "permits", "semaphore")
    script.thread(2, named: "producer", at: 100)
    script.thread(3, named: "consumer", at: 200)
    var size: Int64 = 0
    for (index, isPut) in [true, true, true, false, true, false, false, false].enumerated() {
      script.time = UInt64(20_000 + index * 40_000)
      size += isPut ? 1 : -1
      script.add(isPut ? .queuePut : .queueGet, by: isPut ? 2 : 3, object: 1) {
        $0[0] = Int64(index)
        $0[1] = size
      }
      script.add(isPut ? .lockAcquire : .lockRelease, by: 2, object: 2) { $0[1] = 4 - size }
      script.measure("open files over time", Int64(index * index), "")
    }
    script.finish(.completed, at: 340_000)
    return script
  }

  /// Two workers in each of five rounds, with the same names in each round.
  static func rounds() -> RunScript {
    var script = RunScript("split-data")
    for round in 0..<5 {
      let start = UInt64(round * 20_000)
      for worker in 1...2 {
        let actor = 2 + round * 2 + worker - 1
        script.process(actor, named: "worker-\(worker)", pid: 4800 + Int32(actor), at: start + 1000)
      }
      script.time = start + 15_000
      for worker in 1...2 {
        let actor = 2 + round * 2 + worker - 1
        script.add(.processExit, by: actor, pid: 4800 + Int32(actor)) { $0[0] = 0 }
      }
    }
    return script
  }

  /// Processes with different names, one after the other or all at the same time.
  static func crowd(_ count: Int, atOnce: Bool = false) -> RunScript {
    var script = RunScript("pool-reuse")
    for index in 0..<count {
      script.process(
        index + 2, named: "task-\(index + 1)", pid: 5000 + Int32(index),
        at: UInt64(1_000 + index * 1_000))
      if !atOnce {
        script.time += 500
        script.add(.processExit, by: index + 2, pid: 5000 + Int32(index)) { $0[0] = 0 }
      }
    }
    return script
  }
}

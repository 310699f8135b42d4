internal import Catalog
internal import Events

/// A scripted run: its events, one after the other.
struct RunScript {
  private(set) var events: [Event] = []
  private var seq: UInt64 = 0
  /// The time of the next event in the run, in microseconds.
  var time: UInt64 = 0
  private static let pid: Int32 = 4700

  init(_ demo: String, cores: Int = 2) {
    add(.runStart, texts: [demo, "", "native", "0.1"]) { $0[0] = Int64(cores) }
  }

  mutating func add(
    _ kind: EventKind, by actor: Int = 1, object: Int? = nil, line: Int = 0, texts: [String] = [],
    pid: Int32 = pid, tid: Int32? = nil, _ change: (inout EventRecord) -> Void = { _ in }
  ) {
    seq += 1
    var event = Event(
      kind, seq: seq, time: time * 1_000, pid: pid,
      tid: tid ?? Self.pid + Int32(actor) + 9, actor: ActorID(actor),
      object: object.map { ObjectID($0) }, line: line, texts: texts)
    change(&event.record)
    events.append(event)
    time += 10
  }

  mutating func thread(_ actor: Int, named name: String, at micros: UInt64) {
    time = max(time, micros)
    add(.threadSpawn) { $0[0] = Int64(actor) }
    add(.actorName, by: actor, texts: [name, "thread"])
    add(.threadStart, by: actor)
  }

  mutating func process(_ actor: Int, named name: String, pid: Int32, at micros: UInt64) {
    time = max(time, micros)
    add(.processSpawn) {
      $0[0] = Int64(actor)
      $0[1] = Int64(pid)
    }
    add(.actorName, by: actor, texts: [name, "process"], pid: pid, tid: pid)
    add(.processStart, by: actor, pid: pid, tid: pid)
  }

  mutating func name(_ object: Int, _ name: String, _ type: String) {
    add(.objectName, object: object, texts: [name, type])
  }

  mutating func wait(
    _ actor: Int, for reason: WaitReason, object: Int? = nil, child: Int? = nil, at micros: UInt64,
    line: Int = 0
  ) {
    time = max(time, micros)
    add(.waitBegin, by: actor, object: object, line: line) {
      $0[0] = reason.rawValue
      $0[2] = child.map { Int64($0) }
    }
  }

  mutating func endWait(
    _ actor: Int, for reason: WaitReason, object: Int? = nil, at micros: UInt64, waited: Int64 = 0
  ) {
    time = max(time, micros)
    add(.waitEnd, by: actor, object: object) {
      $0[0] = reason.rawValue
      $0[1] = WaitOutcome.got.rawValue
      $0[2] = waited
    }
  }

  mutating func finish(_ outcome: RunOutcome, at micros: UInt64) {
    time = max(time, micros)
    add(.runFinish) {
      $0[0] = outcome.rawValue
      $0[1] = 0
    }
  }
}

extension RunScript {
  /// A producer and a consumer, up to the given millisecond. A large value includes the end of the
  /// run.
  static func producerConsumer(until end: UInt64) -> RunScript {
    var script = RunScript("producer-consumer")
    script.name(1, "shared_list", "list")
    script.name(2, "list_lock", "lock")
    script.thread(2, named: "add_thread", at: 100)
    script.thread(3, named: "remove_thread", at: 150)
    script.wait(1, for: .join, child: 2, at: 300, line: 40)
    script.wait(2, for: .sleep, at: 320, line: 17)
    script.wait(3, for: .sleep, at: 330, line: 25)
    var size = 0
    var taken = 0
    for tick in stride(from: UInt64(50), through: min(end, 1500), by: 50) {
      let at = tick * 1_000
      if tick % 100 == 0, tick <= 1000 {
        let number = Int(tick / 100) - 1
        size += 1
        script.endWait(2, for: .sleep, at: at + 200, waited: 99_910_000)
        script.add(.lockAcquire, by: 2, object: 2, line: 18)
        script.add(.listAppend, by: 2, object: 1, line: 19) {
          $0[0] = Int64(number)
          $0[1] = Int64(size)
        }
        // Both wake at the same time, so the remove_thread waits while the add_thread holds the lock.
        if tick % 150 == 0 {
          script.endWait(3, for: .sleep, at: at + 240, waited: 149_840_000)
          script.wait(3, for: .lock, object: 2, at: at + 250, line: 26)
        }
        if tick == end { break }
        script.add(.lockRelease, by: 2, object: 2, line: 18)
        if tick == 1000 {
          script.add(.threadExit, by: 2)
        } else {
          script.wait(2, for: .sleep, at: at + 290, line: 17)
        }
      }
      if tick % 150 == 0 {
        if tick % 100 == 0 && tick <= 1000 {
          script.endWait(3, for: .lock, object: 2, at: at + 300, waited: 50_000)
        } else {
          script.endWait(3, for: .sleep, at: at + 300, waited: 149_900_000)
        }
        size -= 1
        script.add(.lockAcquire, by: 3, object: 2, line: 26)
        script.add(.listRemove, by: 3, object: 1, line: 29) {
          $0[0] = Int64(taken)
          $0[1] = Int64(size)
        }
        taken += 1
        script.add(.lockRelease, by: 3, object: 2, line: 26)
        if tick == 1500 {
          script.add(.threadExit, by: 3)
        } else {
          script.wait(3, for: .sleep, at: at + 400, line: 25)
        }
      }
    }
    if end > 1500 {
      script.endWait(1, for: .join, at: 1_500_500)
      script.add(.output, texts: ["left at the end: []"])
      script.finish(.completed, at: 1_500_600)
    }
    return script
  }

  /// Two threads, each with the lock that the other waits for.
  static func deadlock() -> RunScript {
    var script = RunScript("producer-consumer")
    script.name(1, "savings", "lock")
    script.name(2, "current", "lock")
    script.thread(2, named: "transfer-1", at: 100)
    script.thread(3, named: "transfer-2", at: 110)
    script.add(.lockAcquire, by: 2, object: 2)
    script.add(.lockAcquire, by: 3, object: 1)
    script.wait(2, for: .lock, object: 1, at: 101_300)
    script.wait(3, for: .lock, object: 2, at: 102_400)
    return script
  }

  /// Two threads that both read 41 before either writes 42.
  static func overlap() -> RunScript {
    var script = RunScript("lost-update")
    script.name(1, "counter", "variable")
    script.thread(2, named: "counter-1", at: 100)
    script.thread(3, named: "counter-2", at: 200)
    for (kind, value) in [(EventKind.variableRead, 41), (.variableWrite, 42)] {
      for actor in [2, 3] {
        script.add(kind, by: actor, object: 1) { $0[0] = Int64(value) }
      }
    }
    script.add(
      .result,
      texts: [Event.shownName, "Each run lost 7 of 20 counts.\nstep by step: counter-2  read 41"])
    script.finish(.completed, at: 1_000)
    return script
  }

  /// Two removers without a lock: one takes the last number between the other's look and its pop.
  static func forestalled() -> RunScript {
    var script = RunScript("producer-consumer")
    script.name(1, "shared_list", "list")
    script.thread(2, named: "add_thread", at: 100)
    script.thread(3, named: "remove_thread-1", at: 150)
    script.thread(4, named: "remove_thread-2", at: 200)
    script.time = 100_000
    script.add(.listAppend, by: 2, object: 1, line: 19) {
      $0[0] = 7
      $0[1] = 1
    }
    script.wait(3, for: .sleep, at: 160_000, line: 28)
    script.wait(4, for: .sleep, at: 162_000, line: 28)
    script.endWait(3, for: .sleep, at: 165_000, waited: 5_000_000)
    script.add(.listRemove, by: 3, object: 1, line: 29) {
      $0[0] = 7
      $0[1] = 0
    }
    script.wait(3, for: .sleep, at: 165_100, line: 25)
    script.endWait(4, for: .sleep, at: 167_000, waited: 5_000_000)
    for kind in [EventKind.exceptionRaise, .exceptionCatch] {
      script.add(kind, by: 4, line: 29, texts: ["IndexError", "pop from empty list"])
    }
    script.wait(4, for: .sleep, at: 167_100, line: 25)
    script.wait(2, for: .sleep, at: 190_000, line: 17)
    return script
  }

  /// Pools of one to five processes, each measured once per round.
  static func poolSizing(rounds: Int = 1) -> RunScript {
    var script = RunScript("pool-sizing")
    var actor = 2
    let totals: [UInt64] = [2_010, 1_790, 3_420, 5_380, 6_720]
    for round in 0..<rounds {
      for size in 1...5 {
        let start = script.time
        let pool = round * 5 + size
        let length = totals[size - 1] + UInt64(round * 37)
        script.name(pool, "pool \(size)", "pool")
        let workers = Array(actor..<(actor + size))
        actor += size
        let create = length * 6 / 10
        for (index, worker) in workers.enumerated() {
          let at = start + create * UInt64(index) / UInt64(size)
          script.process(worker, named: "worker \(index + 1)", pid: 4800 + Int32(worker), at: at)
        }
        script.time = max(script.time, start + create)
        script.add(.poolOpen, object: pool) { $0[1] = Int64(size) }
        for task in 1...10 {
          let worker = workers[task % size]
          for kind in [EventKind.taskSubmit, .taskStart, .taskFinish] {
            script.add(kind, by: kind == .taskSubmit ? 1 : worker, object: nil) {
              $0[0] = Int64(kind == .taskFinish ? task * task : task)
              $0[1] = Int64(pool)
              $0[2] = Int64(task)
            }
          }
        }
        script.time = max(script.time, start + length)
        for worker in workers {
          script.add(.processExit, by: worker, pid: 4800 + Int32(worker), tid: 4800 + Int32(worker))
          {
            $0[0] = 0
          }
        }
        script.add(.poolClose, object: pool) { $0[1] = Int64(size) }
        for (part, share) in [("total", 100), ("create", 60), ("map", 25), ("close", 15)] {
          script.add(.measure, object: pool, texts: ["size \(size) \(part)", "ns"]) {
            $0[0] = Int64(length) * 10 * Int64(share)
          }
        }
      }
    }
    script.finish(.completed, at: script.time)
    return script
  }
}

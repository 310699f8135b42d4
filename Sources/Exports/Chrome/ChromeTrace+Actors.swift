import Events
import Trace

/// Lives, waits and tasks of actors.
extension ChromeTrace {
  mutating func writeLife(_ event: Event, _ kind: EventKind, _ bytes: inout [UInt8]) {
    let row = row(of: event, &bytes)
    switch kind {
    case .actorName: nameRow(ofActor: event.record.actor, &bytes)
    case .threadStart, .processStart: start(event, row, &bytes)
    case .threadExit, .processExit:
      let row = livingRow(of: event, &bytes)
      end(rows[row].open.count, in: row, at: event.time, with: ending(event), &bytes)
      let memory = ChromePlaces.Series.memory(of: rows[row].process)
      if kind == .processExit, places.series[memory] != nil {
        count(0, of: memory, "bytes", at: event.time, &bytes)
      }
    default:
      guard let child = event.child, spawns.count < Self.maxPending else { return }
      let row = livingRow(of: event, &bytes)
      spawns[child.rawValue] = mark(
        "spawns \(label(child))", "spawn", in: row, at: event.time,
        with: [("child", .number(Int64(child.rawValue)))], &bytes)
    }
  }

  private mutating func start(_ event: Event, _ row: Int, _ bytes: inout [UInt8]) {
    if rows[row].isUnused, let spawned = state[event.actor]?.spawned, spawned < event.time {
      begin(.starting, "starting", "life", in: row, at: spawned, &bytes)
      end(1, in: row, at: event.time, &bytes)
    }
    if rows[row].open.isEmpty { beginLife(in: row, event, &bytes) }
    if let start = spawns.removeValue(forKey: event.record.actor) {
      flow("spawn", from: start, to: row, at: event.time, &bytes)
    }
  }

  mutating func beginLife(in row: Int, _ event: Event, _ bytes: inout [UInt8]) {
    let actor = state[event.actor]
    var arguments: ChromeWriter.Arguments = [
      ("letter", .text(state.letter(of: event.actor))), ("kernel_pid", .number(Int64(event.pid))),
      ("kernel_tid", .number(Int64(event.tid))),
    ]
    if let parent = actor?.parent { arguments.append(("parent", .text(label(parent)))) }
    let type = actor?.type ?? .thread
    begin(
      .life, "\(type.rawValue) \(state.name(of: event.actor))", "life", in: row, at: event.time,
      with: arguments, &bytes)
  }

  private func ending(_ event: Event) -> ChromeWriter.Arguments {
    if let signal = event.signal { return [("signal", .number(Int64(signal)))] }
    if let status = event.status { return [("status", .number(Int64(status)))] }
    return []
  }

  // MARK: Waits

  mutating func writeWait(_ event: Event, _ kind: EventKind, _ bytes: inout [UInt8]) {
    let row = livingRow(of: event, &bytes)
    guard kind == .waitBegin else {
      end(rows[row].depth(of: .wait), in: row, at: event.time, with: result(ofWait: event), &bytes)
      return
    }
    end(rows[row].depth(of: .wait), in: row, at: event.time, &bytes)
    let reason = event.waitReason
    let name =
      switch reason {
      case nil: "waits"
      case .sleep?: "sleeps"
      case .join?, .process?: "waits for \(event.child.map(label) ?? "an actor") to end"
      case .some(let reason): "waits for \(Narrator.awaited(event, reason, state))"
      }
    var arguments: ChromeWriter.Arguments = [("for", .text(reason?.word ?? "?"))]
    if let id = event.object {
      arguments.append(("object", .text(state.name(of: id))))
      if let holder = state[id]?.lock.holder { arguments.append(("held_by", .text(label(holder)))) }
    }
    if let until = event.until { arguments.append(("until_ns", .number(until))) }
    begin(
      .wait, name, reason == .sleep ? "sleep" : "wait", in: row, at: event.time, with: arguments,
      &bytes)
  }

  private func result(ofWait event: Event) -> ChromeWriter.Arguments {
    var arguments: ChromeWriter.Arguments = []
    if let outcome = event.waitOutcome { arguments.append(("outcome", .text(outcome.word))) }
    if let waited = event.waited { arguments.append(("waited_ns", .number(waited))) }
    return arguments
  }

  // MARK: Tasks

  mutating func writeTask(_ event: Event, _ kind: EventKind, _ bytes: inout [UInt8]) {
    let row = livingRow(of: event, &bytes)
    let number = event.task ?? 0
    let task = ChromeTask(pool: event.pool?.rawValue ?? 0, number: number)
    var arguments: ChromeWriter.Arguments = [
      ("pool", .text(event.pool.map(state.name(of:)) ?? "")),
      ("task", .number(Int64(clamping: number))),
    ]
    if let value = event.value { arguments.append(("value", .text(value))) }
    switch kind {
    case .taskSubmit:
      let start = mark(
        "submits task \(number)", "task", in: row, at: event.time, with: arguments, &bytes)
      if submissions.count < Self.maxPending { submissions[task] = start }
    case .taskStart:
      end(rows[row].depth(of: .task), in: row, at: event.time, &bytes)
      begin(.task, "task \(number)", "task", in: row, at: event.time, with: arguments, &bytes)
      if let start = submissions.removeValue(forKey: task) {
        flow("task", from: start, to: row, at: event.time, &bytes)
      }
    case .taskCancel:
      submissions[task] = nil
      instant(kind.name, "task", in: row, at: event.time, with: arguments, &bytes)
    default:
      arguments.append(("outcome", .text(kind == .taskFail ? "failed" : "finished")))
      end(rows[row].depth(of: .task), in: row, at: event.time, with: arguments, &bytes)
    }
    if kind == .taskSubmit || kind == .taskStart || kind == .taskCancel {
      countQueued(event, &bytes)
    }
  }

  private mutating func countQueued(_ event: Event, _ bytes: inout [UInt8]) {
    guard let pool = event.pool, let queued = state[pool]?.pool.queued else { return }
    count(queued, of: pool.rawValue, "queued", at: event.time, &bytes)
  }
}

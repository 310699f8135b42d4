import Events
import Trace
import History

/// What is done to what actors share.
extension ChromeTrace {
  // MARK: locks

  mutating func tellLock(_ event: Event, _ kind: EventKind, _ bytes: inout [UInt8]) {
    let row = livingRow(of: event, &bytes)
    let object = event.record.object
    let name = state.name(of: ObjectID(rawValue: object))
    var arguments: ChromeWriter.Arguments = [("object", .text(name))]
    if let depth = event.depth { arguments.append(("depth", .number(Int64(clamping: depth)))) }
    if let left = event.permits { arguments.append(("permits", .number(Int64(clamping: left)))) }
    guard kind == .lockAcquire else {
      let start = mark("releases \(name)", "lock", in: row, at: event.time, with: arguments, &bytes)
      if event.permits != nil || (event.depth ?? 0) <= 0, releases.count < Self.mostPending {
        releases[object] = start
      }
      return hold(event, isAcquired: false, &bytes)
    }
    let release = releases.removeValue(forKey: object)
    _ = mark(
      "acquires \(name)", "lock", in: row, at: event.time, with: arguments,
      from: release.flatMap { $0.row == row ? nil : $0 }, arrow: "release", &bytes)
    hold(event, isAcquired: true, &bytes)
  }

  private mutating func hold(_ event: Event, isAcquired: Bool, _ bytes: inout [UInt8]) {
    guard let object = event.object.flatMap({ state[$0] }) else { return }
    if event.permits != nil {
      enter(event, isAcquired: isAcquired, &bytes)
      count(object.lock.inside, of: object.id.rawValue, "inside", at: event.time, &bytes)
      return
    }
    let number = object.id.rawValue
    let row = places.objects[number]?.first ?? addRow(of: number, &bytes)
    let depth = event.depth ?? (isAcquired ? 1 : 0)
    let kept = min(rows[row].open.count, isAcquired ? max(1, depth) - 1 : max(0, depth))
    end(rows[row].open.count - kept, in: row, at: event.time, &bytes)
    guard isAcquired else { return }
    let again = kept == 0 ? "" : " again (\(depth))"
    begin(.hold, label(event.actor) + again, "hold", in: row, at: event.time, &bytes)
  }

  /// Somebody comes into a semaphore or leaves it: each that is inside has a row of its own.
  private mutating func enter(_ event: Event, isAcquired: Bool, _ bytes: inout [UInt8]) {
    let seat = ChromeSeat(object: event.record.object, actor: event.record.actor)
    guard isAcquired else {
      // As everywhere, a permit is taken from the giver if it has one.
      guard let row = seats[seat]?.popLast() else { return }
      return end(rows[row].open.count, in: row, at: event.time, &bytes)
    }
    let own = places.objects[seat.object] ?? []
    let free = own.first { rows[$0].open.isEmpty }
    // More come from a damaged recording.
    guard free != nil || own.count < Self.mostSeats else { return }
    let row = free ?? addRow(of: seat.object, &bytes)
    seats[seat, default: []].append(row)
    begin(.hold, label(event.actor), "hold", in: row, at: event.time, &bytes)
  }

  static let mostSeats = 256

  // MARK: everything else

  /// What happens at a moment, and what is longer or shorter after it.
  mutating func tellOperation(_ event: Event, _ kind: EventKind, _ bytes: inout [UInt8]) {
    let row = row(of: event, &bytes)
    var name = kind.name
    var category: StaticString = "operation"
    switch kind {
    case .result:
      category = "result"
      name = event.name ?? name
    case .measure:
      if count(measure: event, &bytes) { return }
      category = "measure"
      name = event.name ?? name
    case .exceptionRaise, .exceptionCatch:
      category = "exception"
      name = (kind == .exceptionRaise ? "raises " : "catches ") + (event.type ?? "an exception")
    case .output:
      category = "output"
      name = ValueText.abbreviated(event.outputLine ?? "", limit: 72)
    case .loss: category = "loss"
    case .sample:
      category = "sample"
      if let memory = event.memory {
        count(memory, of: .memory(of: rows[row].process), "bytes", at: event.time, &bytes)
      }
    default:
      if let id = event.object { name += " \(state.name(of: id))" }
    }
    instant(name, category, in: row, at: event.time, with: arguments(of: event, kind), &bytes)
    switch kind {
    case .listAppend, .listRemove, .queuePut, .queueGet, .pipeSend, .pipeReceive:
      guard let object = event.object.flatMap({ state[$0] }) else { return }
      count(object.sequence.count, of: object.id.rawValue, "size", at: event.time, &bytes)
    default: break
    }
  }

  /// A number over time has a counter, as in the lanes.
  private mutating func count(measure event: Event, _ bytes: inout [UInt8]) -> Bool {
    guard let name = event.name, name.hasSuffix(Event.overTimeSuffix),
      let value = event.number(.value)
    else { return false }
    let unit: StaticString =
      switch event.unit {
      case "ns": "ns"
      case "B": "bytes"
      case "%": "percent"
      default: "value"
      }
    let series = ChromePlaces.Series(process: sharedProcess(&bytes), name: name)
    count(value, of: series, unit, at: event.time, &bytes)
    return true
  }

  /// All that an event carries, under the names that it has in a recording.
  private func arguments(of event: Event, _ kind: EventKind) -> ChromeWriter.Arguments {
    guard kind != .unknown else { return [("event", .text(event.texts.first ?? ""))] }
    var arguments: ChromeWriter.Arguments = []
    if let value = event.value { arguments.append(("value", .text(value))) }
    if let type = event.type { arguments.append(("type", .text(type))) }
    if let message = event.message { arguments.append(("message", .text(message))) }
    if let text = event.output { arguments.append(("text", .text(text))) }
    if let unit = event.unit { arguments.append(("unit", .text(unit))) }
    let numbers: [(StaticString, Int64?)] = [
      ("size", event.size.map { Int64(clamping: $0) }), ("count", event.number(.count)),
      ("cpu_ns", event.cpu), ("core", event.core.map { Int64(clamping: $0) }),
      ("memory", event.memory), ("line", event.line.map { Int64($0) }),
    ]
    for (name, number) in numbers {
      if let number { arguments.append((name, .number(number))) }
    }
    return arguments
  }
}

/// Somebody inside a semaphore.
struct ChromeSeat: Hashable, Sendable {
  let object: UInt32
  let actor: UInt32
}

import Events
import Trace

/// Processes, rows and counters, each named when it is created.
extension ChromeTrace {
  /// The order of processes in `chrome://tracing`: the run's own, the shared objects, the children.
  /// Perfetto ignores it and shows the busiest first.
  enum Order {
    static let run: Int64 = -2
    static let shared: Int64 = -1
    /// The run's row within its process.
    static let runRow: Int64 = -1
  }

  /// The row of the run, in the process of its main thread.
  mutating func runRow(_ event: Event, _ bytes: inout [UInt8]) -> Int {
    if let row = places.run { return row }
    let process = process(of: event, &bytes)
    let row = addRow(process, places.ownNumber())
    places.run = row
    describe(row, "run", order: Order.runRow, &bytes)
    return row
  }

  /// The row of an event's actor, or the run's if there is no such actor.
  mutating func row(of event: Event, _ bytes: inout [UInt8]) -> Int {
    if let row = places.row(of: event.record.actor) { return row }
    guard state.place(ofActor: event.record.actor) != nil else { return runRow(event, &bytes) }
    _ = runRow(event, &bytes)
    let row = addRow(process(of: event, &bytes), UInt64(event.record.actor))
    places.set(row, of: event.record.actor)
    nameRow(ofActor: event.record.actor, &bytes)
    return row
  }

  /// The row of an event's actor, with an open slice for its life.
  mutating func livingRow(of event: Event, _ bytes: inout [UInt8]) -> Int {
    let row = row(of: event, &bytes)
    guard rows[row].open.isEmpty else { return row }
    if row == places.run {
      begin(.run, "run", "run", in: row, at: event.time, &bytes)
    } else {
      beginLife(in: row, event, &bytes)
    }
    return row
  }

  private mutating func addRow(_ process: UInt64, _ number: UInt64) -> Int {
    rows.append(ChromeRow(process: process, number: number))
    return rows.count - 1
  }

  // MARK: Processes

  /// The process of an event.
  private mutating func process(of event: Event, _ bytes: inout [UInt8]) -> UInt64 {
    let isOwner = event.kind == .processStart || event.type == ActorType.process.rawValue
    if let known = places.processes[event.pid] {
      let owner = ActorID(rawValue: known.owner)
      let isNew = isOwner && known.owner != event.record.actor && state[owner]?.isEnded == true
      if !isNew { return known.number }
    }
    let kernelNumber = UInt64(max(0, event.pid))
    let isFree = kernelNumber > 0 && places.processNumbers.insert(kernelNumber).inserted
    let number = isFree ? kernelNumber : places.ownNumber()
    places.processes[event.pid] = ChromePlaces.Process(number: number, owner: event.record.actor)
    if places.firstProcess == nil {
      places.firstProcess = number
      describe(process: number, state.demo.isEmpty ? "run" : state.demo, order: Order.run, &bytes)
    } else {
      describe(
        process: number, label(event.actor), order: Int64(event.record.actor),
        with: isFree ? [] : [("kernel_pid", .number(Int64(event.pid)))], &bytes)
    }
    return number
  }

  /// The process for shared objects, which is not a real process.
  mutating func sharedProcess(_ bytes: inout [UInt8]) -> UInt64 {
    if let shared = places.shared { return shared }
    let number = places.ownNumber()
    places.shared = number
    describe(process: number, "shared objects", order: Order.shared, &bytes)
    return number
  }

  private mutating func describe(
    process: UInt64, _ name: String, order: Int64, with more: ChromeWriter.Arguments = [],
    _ bytes: inout [UInt8]
  ) {
    writer.begin("M", process: process, row: nil, to: &bytes)
    writer.name("process_name", to: &bytes)
    writer.end([("name", .text(name))] + more, to: &bytes)
    writer.begin("M", process: process, row: nil, to: &bytes)
    writer.name("process_sort_index", to: &bytes)
    writer.end([("sort_index", .number(order))], to: &bytes)
  }

  mutating func describe(
    _ row: Int, _ name: String, order: Int64, _ bytes: inout [UInt8]
  ) {
    guard rows[row].name != name else { return }
    let isNew = rows[row].name.isEmpty
    rows[row].name = name
    writer.begin("M", process: rows[row].process, row: rows[row].number, to: &bytes)
    writer.name("thread_name", to: &bytes)
    writer.end([("name", .text(name))], to: &bytes)
    guard isNew else { return }
    writer.begin("M", process: rows[row].process, row: rows[row].number, to: &bytes)
    writer.name("thread_sort_index", to: &bytes)
    writer.end([("sort_index", .number(order))], to: &bytes)
  }

  // MARK: Names

  /// An actor as the tutor shows it: `A adder`. The main thread has only its name, an actor without
  /// a name only its letter.
  func label(_ actor: ActorID) -> String {
    guard actor != .main else { return state.name(of: actor) }
    guard state[actor]?.isNamed == true else { return state.letter(of: actor) }
    return "\(state.letter(of: actor)) \(state.name(of: actor))"
  }

  mutating func nameRow(ofActor actor: UInt32, _ bytes: inout [UInt8]) {
    guard let row = places.row(of: actor) else { return }
    describe(row, label(ActorID(rawValue: actor)), order: Int64(actor), &bytes)
  }

  /// Renames the rows of an object that existed before its name.
  mutating func renameRows(of event: Event, _ bytes: inout [UInt8]) {
    _ = runRow(event, &bytes)
    let rows = places.objects[event.record.object] ?? []
    for (place, row) in rows.enumerated() { nameRow(row, event.record.object, place, &bytes) }
  }

  private mutating func nameRow(
    _ row: Int, _ object: UInt32, _ place: Int, _ bytes: inout [UInt8]
  ) {
    let id = ObjectID(rawValue: object)
    let isMany = state[id]?.form == .semaphore
    let name = state.name(of: id) + (isMany ? " \(place + 1)" : "")
    describe(row, name, order: Int64(object) << 8 + Int64(place), &bytes)
  }

  /// Adds a row for an object.
  mutating func addRow(of object: UInt32, _ bytes: inout [UInt8]) -> Int {
    let row = addRow(sharedProcess(&bytes), places.ownNumber())
    let place = places.objects[object]?.count ?? 0
    places.objects[object, default: []].append(row)
    nameRow(row, object, place, &bytes)
    return row
  }

  // MARK: Counters

  /// Writes a value of an object's counter: its size, its holders or its waiting tasks.
  mutating func count(
    _ value: Int, of object: UInt32, _ what: StaticString, at time: UInt64, _ bytes: inout [UInt8]
  ) {
    if places.counters[object] == nil {
      let process = sharedProcess(&bytes)
      places.counters[object] = ChromeCounter(
        process: process,
        name: counterName(state.name(of: ObjectID(rawValue: object)), what, object, in: process))
    }
    guard let time = places.counters[object]?.take(time), let counter = places.counters[object]
    else { return }
    write(Int64(max(0, value)), counter, what, at: time, &bytes)
  }

  /// Writes a value of a measure over time, or of a process's memory.
  mutating func count(
    _ value: Int64, of series: ChromePlaces.Series, _ what: StaticString, at time: UInt64,
    _ bytes: inout [UInt8]
  ) {
    if places.series[series] == nil {
      // Only a damaged recording has more.
      guard places.series.count < ChromeTrace.maxSeries else { return }
      let number = UInt32(places.series.count)
      places.series[series] = ChromeCounter(
        process: series.process,
        name: counterName(series.name, what, number, in: series.process))
    }
    guard let time = places.series[series]?.take(time), let counter = places.series[series] else {
      return
    }
    write(max(0, value), counter, what, at: time, &bytes)
  }

  static let maxSeries = 4096

  /// A counter name that is unique in its process.
  private mutating func counterName(
    _ name: String, _ what: StaticString, _ number: UInt32, in process: UInt64
  ) -> String {
    var free = name
    var number = number
    while !places.counterNames[process, default: []].insert("\(free) \(what)").inserted {
      free = "\(name) #\(number)"
      number += 1
    }
    return free
  }

  private mutating func write(
    _ value: Int64, _ counter: ChromeCounter, _ what: StaticString, at time: UInt64,
    _ bytes: inout [UInt8]
  ) {
    writer.begin("C", process: counter.process, row: nil, time: time, to: &bytes)
    writer.name(counter.name, to: &bytes)
    writer.end([(what, .number(value))], to: &bytes)
  }
}

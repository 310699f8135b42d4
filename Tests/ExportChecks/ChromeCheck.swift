/// Checks that a Chrome trace is valid for viewers.
///
/// - In each row, slices, instants and flows have distinct times in the order of the file. Slices
///   nest, and all of them end.
/// - An async slice has both ends. A flow leads from one slice to another, and not back in time.
/// - Counters are never negative. Each process and each row has a name.
/// - Times are microseconds with exactly three decimals.
public struct ChromeCheck {
  /// The problems that were found.
  public private(set) var problems: [String] = []
  /// The number of events of each phase.
  public private(set) var phases: [String: Int] = [:]
  /// All events, in the order of the file.
  public private(set) var events: [StrictJSON] = []
  /// The metadata of the run.
  public private(set) var about: StrictJSON?

  private var rows: [Row: [Placed]] = [:]
  private var named: Set<Row> = []
  private var used: Set<Row> = []
  private var asyncs: Set<String> = []
  private var flows: [Int: [String: Int]] = [:]
  private var counters: [String: Int] = [:]

  private struct Row: Hashable, Comparable, CustomStringConvertible {
    let process: Int
    /// The row, or nil for the process.
    let row: Int?

    var description: String { "\(process)/\(row.map(String.init) ?? "process")" }
    static func < (left: Row, right: Row) -> Bool {
      (left.process, left.row ?? -1) < (right.process, right.row ?? -1)
    }
  }

  private struct Placed {
    let time: Int
    let phase: String
  }

  /// Checks a trace.
  public init(_ text: [UInt8]) {
    let trace: StrictJSON
    do throws(StrictJSON.Problem) {
      trace = try StrictJSON.parse(text)
    } catch {
      problems.append("invalid JSON: \(error)")
      return
    }
    guard let events = trace["traceEvents"]?.array else {
      problems.append("no traceEvents")
      return
    }
    self.events = events
    about = trace["otherData"]
    if trace["displayTimeUnit"]?.string != "ms" { problems.append("no displayTimeUnit") }
    for (index, event) in events.enumerated() { take(event, "event \(index)") }
    for row in used.subtracting(named).sorted() { problems.append("\(row) has no name") }
    for id in asyncs.sorted() { problems.append("async \(id) never ends") }
    for (id, ends) in flows.sorted(by: { $0.key < $1.key }) {
      guard let start = ends["s"], let end = ends["f"] else {
        problems.append("flow \(id) has only one end")
        continue
      }
      if end < start { problems.append("flow \(id) leads back in time") }
    }
    for (row, placed) in rows.sorted(by: { $0.key < $1.key }) { check(row, placed) }
  }

  private mutating func take(_ event: StrictJSON, _ place: String) {
    guard let phase = event["ph"]?.string, let process = event["pid"]?.integer, process > 0 else {
      problems.append("\(place) has no phase or no process")
      return
    }
    phases[phase, default: 0] += 1
    let row = Row(process: process, row: event["tid"]?.integer)
    if phase == "M" {
      let name = event["args"]?["name"]?.string ?? ""
      let isName = ["process_name", "thread_name"].contains(event["name"]?.string)
      if isName, !name.isEmpty { named.insert(row) }
      return
    }
    guard let time = Self.nanoseconds(event["ts"]) else {
      problems.append("\(place): the time does not have three decimals")
      return
    }
    used.insert(Row(process: process, row: nil))
    switch phase {
    case "B", "E", "i", "s", "f": put(event, phase, row, time, place)
    case "b", "e": pair(event, phase, place)
    case "C": count(event, process, time, place)
    default: problems.append("\(place): unknown phase \(phase)")
    }
  }

  private mutating func put(
    _ event: StrictJSON, _ phase: String, _ row: Row, _ time: Int, _ place: String
  ) {
    guard row.row != nil else {
      problems.append("\(place) has no row")
      return
    }
    used.insert(row)
    rows[row, default: []].append(Placed(time: time, phase: phase))
    if phase != "E", event["name"]?.string == nil { problems.append("\(place) has no name") }
    guard phase == "s" || phase == "f" else { return }
    guard let id = event["id"]?.integer else {
      problems.append("\(place) is a flow without an id")
      return
    }
    if flows[id]?[phase] != nil { problems.append("flow \(id) has two ends of phase \(phase)") }
    if phase == "f", event["bp"]?.string != "e" {
      problems.append("flow \(id) does not bind to the slice where it ends")
    }
    flows[id, default: [:]][phase] = time
  }

  private mutating func pair(_ event: StrictJSON, _ phase: String, _ place: String) {
    guard let category = event["cat"]?.string, let id = event["id"]?.integer else {
      problems.append("\(place) is an async event without category or id")
      return
    }
    let key = "\(category) \(id)"
    let isPaired = phase == "b" ? asyncs.insert(key).inserted : asyncs.remove(key) != nil
    if !isPaired { problems.append("\(place): async \(key) has no other end") }
  }

  private mutating func count(
    _ event: StrictJSON, _ process: Int, _ time: Int, _ place: String
  ) {
    for member in event["args"]?.members ?? [] {
      let key = "\(process) \(event["name"]?.string ?? "") \(member.name)"
      guard let value = member.value.number, !value.hasPrefix("-") else {
        problems.append("\(place): counter \(key) is negative or not a number")
        return
      }
      if let last = counters[key], last >= time {
        problems.append("\(place): counter \(key) is not later than before")
      }
      counters[key] = time
    }
  }

  private mutating func check(_ row: Row, _ placed: [Placed]) {
    var last = -1
    for event in placed where event.phase != "s" && event.phase != "f" {
      if event.time <= last {
        problems.append("\(row): \(event.phase) at \(event.time) ns is not later than \(last) ns")
      }
      last = event.time
    }
    var depth = 0
    var before = -1
    for event in placed.sorted(by: { $0.time < $1.time }) {
      if event.time == before { problems.append("\(row): two events at \(before) ns") }
      before = event.time
      switch event.phase {
      case "B": depth += 1
      case "E" where depth == 0:
        problems.append("\(row): a slice ends at \(event.time) ns that has not begun")
      case "E": depth -= 1
      case "s", "f":
        if depth == 0 { problems.append("\(row): the flow at \(event.time) ns is in no slice") }
      default: break
      }
    }
    if depth > 0 { problems.append("\(row): \(depth) slices never end") }
  }

  /// Converts microseconds with three decimals to nanoseconds. Returns nil for any other format.
  private static func nanoseconds(_ value: StrictJSON?) -> Int? {
    guard let text = value?.number, !text.hasPrefix("-") else { return nil }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].utf8.count == 3 else { return nil }
    return Int(parts[0] + parts[1])
  }
}

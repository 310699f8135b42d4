public import Events

/// Who did the tasks of `factorial`, and in which order the tasks ended.
///
/// It is folded from the events and not counted by the demo, whose own order could differ from theirs
/// where two tasks end within a microsecond.
public struct TaskOrder: Sendable {
  /// The inputs of the first tasks that ended, in that order, at most `maxShown`.
  private(set) var ended: [String] = []
  /// The inputs of the first submitted tasks, in that order, at most `maxShown`.
  private(set) var submitted: [String] = []
  /// How many tasks ended after a task that was submitted later.
  private(set) var overtaken = 0
  /// The threads that took part.
  private(set) var workers: Set<ActorID> = []
  /// The number of threads of the pool.
  private(set) var size = 0
  /// The inputs of the running tasks.
  private var inputs: [Int: String] = [:]
  private var isFactorial = false
  private var pool: ObjectID?
  private var tasks = 0
  private var latest = 0
  private var start: UInt64 = 0
  private var end: UInt64 = 0
  private var digits: ClosedRange<Int>?

  /// How many inputs of each order are kept.
  static let maxShown = 10
  private static let maxWorkers = 1024

  /// Creates an empty order.
  public init() {}

  /// Folds an event of a task or a pool, or the run's start; ignores other events.
  public mutating func note(_ event: Event) {
    switch event.kind {
    case .runStart: isFactorial = event.demo == "factorial"
    case .poolOpen where isFactorial && pool == nil:
      pool = event.object
      size = event.size ?? 0
      start = event.time
    case .taskSubmit where event.pool == pool && pool != nil:
      if submitted.count < Self.maxShown { submitted.append(event.value ?? "") }
    case .taskStart where event.pool == pool && pool != nil:
      if workers.count < Self.maxWorkers { workers.insert(event.actor) }
      if inputs.count < Self.maxWorkers { inputs[event.task ?? 0] = event.value ?? "" }
    case .taskFinish where event.pool == pool && pool != nil: noteEnd(event)
    default: break
    }
  }

  private mutating func noteEnd(_ event: Event) {
    let task = event.task ?? 0
    let input = inputs.removeValue(forKey: task)
    if ended.count < Self.maxShown, let input { ended.append(input) }
    if task < latest { overtaken += 1 }
    latest = max(latest, task)
    tasks += 1
    end = event.time
    let length = Self.digits(of: event.value ?? "")
    digits = min(digits?.lowerBound ?? length, length)...max(digits?.upperBound ?? length, length)
  }

  /// What the order shows, or nil if the run has no such pool.
  public var conclusion: Conclusion? {
    guard tasks > 0, let digits else { return nil }
    let threads = "\(workers.count) of \(size)"
    let who = size == 1 ? "One thread did all tasks" : "\(threads) threads took part"
    let order =
      switch overtaken {
      case 0 where tasks == 1: ""
      case 0: ", and the tasks ended in the order of the results"
      case 1: ", and 1 task ended after a later one"
      default: ", and \(ValueText.grouped(overtaken)) tasks ended after a later one"
      }
    let range =
      digits.lowerBound == digits.upperBound
      ? ValueText.grouped(digits.lowerBound)
      : "\(ValueText.grouped(digits.lowerBound)) to \(ValueText.grouped(digits.upperBound))"
    return Conclusion(
      "\(who)\(order).",
      table: [
        ["threads that took part", threads]
      ] + orders + [
        ["time", ValueText.duration(Int64(clamping: end - min(start, end)))],
        ["digits", range],
      ])
  }

  /// The number of digits of a number, which the event may have shortened to its ends.
  private static func digits(of value: String) -> Int {
    let words = value.split(whereSeparator: { " ()".contains($0) })
    guard words.last == "digits", words.count > 1, let count = Int(words[words.count - 2]) else {
      return value.utf8.count
    }
    return max(0, count)
  }

  /// Both orders, one below the other. Long inputs are replaced by their places.
  private var orders: [[String]] {
    let isLong = submitted.contains { $0.count > Self.longestShown }
    let names = isLong ? submitted.indices.map { String($0 + 1) } : submitted
    let places = Dictionary(zip(submitted, names)) { first, _ in first }
    let width = names.map(\.count).max() ?? 0
    func list(_ inputs: [String]) -> String {
      let shown = inputs.map { input in
        let name = places[input] ?? "…"
        return String(repeating: " ", count: max(0, width - name.count)) + name
      }
      return shown.joined(separator: " ") + (tasks > inputs.count ? " …" : "")
    }
    let rows = [["order of results", list(submitted)], ["order of ending", list(ended)]]
    return isLong ? [["task 1", submitted.first ?? ""]] + rows : rows
  }

  /// How many characters an input has at most, so that ten of them fit beside each other.
  private static let longestShown = 3
}

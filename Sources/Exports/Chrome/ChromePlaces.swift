/// The processes, rows and counters of a Chrome trace, by actor and object.
struct ChromePlaces: Sendable {
  /// A process of the trace.
  struct Process: Sendable {
    let number: UInt64
    /// The actor of this process.
    let owner: UInt32
  }

  /// A measure over time, or the memory of a process.
  struct Series: Hashable, Sendable {
    let process: UInt64
    let name: String

    /// The memory of a process.
    static func memory(of process: UInt64) -> Self { Self(process: process, name: "memory") }
  }

  /// The row of each actor, by number minus one; nil before its first event.
  private(set) var actors: [Int?] = []
  /// The rows of each object, by number: one for a lock, one per holder for a semaphore.
  var objects: [UInt32: [Int]] = [:]
  /// The counter of each object, by number.
  var counters: [UInt32: ChromeCounter] = [:]
  /// The counters of measures over time and of memory.
  var series: [Series: ChromeCounter] = [:]
  /// The names of each process's counters, by which viewers distinguish them.
  var counterNames: [UInt64: Set<String>] = [:]
  /// The processes, by process ID.
  var processes: [Int32: Process] = [:]
  /// The used process numbers; each must be unique.
  var processNumbers: Set<UInt64> = []
  /// The process with the rows and counters of shared objects.
  var shared: UInt64?
  /// The row of the run itself.
  var run: Int?
  /// The process of the run's main thread.
  var firstProcess: UInt64?
  private var numbersGiven: UInt64 = 0

  /// Greater than any process or thread ID on Linux.
  static let firstOwnNumber: UInt64 = 1 << 22

  /// A new number that is no process or thread ID.
  mutating func ownNumber() -> UInt64 {
    numbersGiven += 1
    return Self.firstOwnNumber + numbersGiven
  }

  func row(of actor: UInt32) -> Int? {
    let index = Int(actor) - 1
    return actors.indices.contains(index) ? actors[index] : nil
  }

  mutating func set(_ row: Int, of actor: UInt32) {
    while actors.count < Int(actor) { actors.append(nil) }
    actors[Int(actor) - 1] = row
  }
}

/// A counter of a Chrome trace, and the time of its last value.
struct ChromeCounter: Sendable {
  let process: UInt64
  let name: String
  private var last: UInt64?

  init(process: UInt64, name: String) {
    self.process = process
    self.name = name
  }

  /// The given time, or the next free nanosecond.
  mutating func take(_ time: UInt64) -> UInt64 {
    let free = max(min(time, ChromeRow.latest), last.map { $0 + 1 } ?? 0)
    last = free
    return free
  }
}

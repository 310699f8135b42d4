/// Which row of a Chrome trace belongs to whom.
struct ChromePlaces: Sendable {
  /// A process of the trace.
  struct Process: Sendable {
    let number: UInt64
    /// The actor that is this process.
    let owner: UInt32
  }

  /// A number over time, or a process's memory.
  struct Series: Hashable, Sendable {
    let process: UInt64
    let name: String

    /// How much memory a process takes.
    static func memory(of process: UInt64) -> Self { Self(process: process, name: "memory") }
  }

  /// The row of an actor, by its number less one; nil before the first event of its own.
  private(set) var actors: [Int?] = []
  /// The rows of an object, by its number: of a semaphore one for each that was inside at once.
  var objects: [UInt32: [Int]] = [:]
  /// What the counter of an object is called.
  var counters: [UInt32: ChromeCounter] = [:]
  /// The counters of numbers over time and of processes' memory.
  var series: [Series: ChromeCounter] = [:]
  /// The names of each process's counters, which viewers tell apart by them.
  var counterNames: [UInt64: Set<String>] = [:]
  /// By the kernel's number.
  var processes: [Int32: Process] = [:]
  /// All numbers of processes, of which none may be used twice.
  var processNumbers: Set<UInt64> = []
  /// The process that has the rows and counters of what actors share.
  var shared: UInt64?
  /// The row of the run itself.
  var run: Int?
  /// The process of the run's main thread.
  var firstProcess: UInt64?
  private var numbersGiven: UInt64 = 0

  /// The kernel's numbers of processes and threads are less, on every Linux.
  static let leastOwnNumber: UInt64 = 1 << 22

  /// A number that the kernel gives to nobody.
  mutating func ownNumber() -> UInt64 {
    numbersGiven += 1
    return Self.leastOwnNumber + numbersGiven
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

/// A counter of a Chrome trace: its name, and the last nanosecond at which it has a value.
struct ChromeCounter: Sendable {
  let process: UInt64
  let name: String
  private var last: UInt64?

  init(process: UInt64, name: String) {
    self.process = process
    self.name = name
  }

  /// The time itself, or the next that is free.
  mutating func take(_ time: UInt64) -> UInt64 {
    let free = max(min(time, ChromeRow.latest), last.map { $0 + 1 } ?? 0)
    last = free
    return free
  }
}

import Glibc
import Trace

/// Asks the kernel, a few times a second, what each actor of a live run has used, and records it.
struct Sampler {
  /// Nanoseconds between two rounds.
  static let period: UInt64 = 200_000_000

  private struct Task {
    let pid: Int32
    let tid: Int32
    let isProcess: Bool
  }

  private var tasks: [ActorID: Task] = [:]
  private var nextRound: UInt64 = 0

  /// Learns from the events which actors there are.
  mutating func note(_ events: [Event]) {
    for event in events {
      switch event.kind {
      case .threadStart, .processStart:
        tasks[event.actor] = Task(
          pid: event.pid, tid: event.tid, isProcess: event.kind == .processStart)
      case .threadExit, .processExit: tasks[event.actor] = nil
      default: break
      }
    }
  }

  /// Takes a sample of every actor when it is time.
  mutating func sample(with control: RunControl) {
    let now = MonotonicClock.now()
    guard now >= nextRound else { return }
    nextRound = now + Self.period
    for (actor, task) in tasks.sorted(by: { $0.key < $1.key }) {
      guard let sample = Self.sample(of: task) else { continue }
      control.record(sample, pid: task.pid, tid: task.tid, actor: actor)
    }
  }

  private static func sample(of task: Task) -> EventRecord? {
    let folder = "/proc/\(task.pid)/task/\(task.tid)"
    guard let usage = firstLine(of: "\(folder)/schedstat"),
      let cpu = usage.split(separator: " ").first.flatMap({ Int64($0) }),
      let stat = firstLine(of: "\(folder)/stat"), let end = stat.lastIndex(of: ")")
    else { return nil }
    var event = EventRecord(.sample)
    event[EventField.cpu.slot] = cpu
    // The fields after the name begin with the third; the core is the 39th.
    let fields = stat[end...].split(separator: " ")
    if fields.count > 37 { event[EventField.core.slot] = Int64(fields[37]) }
    if task.isProcess, let memory = firstLine(of: "/proc/\(task.pid)/statm") {
      let pages = memory.split(separator: " ").dropFirst().first.flatMap { Int64($0) }
      event[EventField.memory.slot] = pages.map { $0 * Int64(sysconf(Int32(_SC_PAGESIZE))) }
    }
    return event
  }

  private static func firstLine(of path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 1024)
    let count = read(descriptor, &buffer, buffer.count)
    guard count > 0 else { return nil }
    return String(decoding: buffer[..<count].prefix { $0 != 10 }, as: UTF8.self)
  }
}

import CPlatform
import Glibc

/// How much the documents of one reading may cost together: each alone stays within its limits, but
/// a folder has hundreds.
struct ParseBudget {
  /// Processor time of the thread that reads, in nanoseconds.
  var processorTime: UInt64 = 5_000_000_000
  /// Memory that the program takes more than at the beginning, in bytes.
  var memory = 201_326_592
  private let began = (time: lks_thread_cpu_time(), memory: Self.memory(.resident) ?? 0)

  init() {}

  /// Whether no more documents should be parsed; asked by the thread that made the budget.
  var isSpent: Bool {
    lks_thread_cpu_time() - began.time >= processorTime
      || max(0, (Self.memory(.resident) ?? 0) - began.memory) >= memory
  }

  /// What of the program's memory is counted.
  enum Count: Int {
    /// All addresses that it has.
    case space = 0
    /// What lies in the machine's memory.
    case resident = 1
  }

  /// The bytes of memory that the program has now; nil where the kernel does not tell.
  static func memory(_ count: Count) -> Int? {
    let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 256)
    let length = read(descriptor, &buffer, buffer.count)
    guard length > 0 else { return nil }
    let fields = buffer[..<length].split(separator: UInt8(ascii: " "))
    guard fields.count > count.rawValue else { return nil }
    let pages = Int(String(decoding: fields[count.rawValue], as: UTF8.self))
    return pages.map { $0 * Int(getpagesize()) }
  }
}

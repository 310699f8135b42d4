import CPlatform
import Glibc

/// The limits of parsing all documents together. Each document has limits of its own, but a folder
/// may hold hundreds.
struct ParseBudget {
  /// The processor time of the reading thread, in nanoseconds.
  var processorTime: UInt64 = 5_000_000_000
  /// The growth of the program's memory, in bytes.
  var memory = 201_326_592
  private let began = (time: lks_thread_cpu_time(), memory: Self.memory(.resident) ?? 0)

  init() {}

  /// Whether to parse no more documents. Call it on the thread that made the budget.
  var isSpent: Bool {
    lks_thread_cpu_time() - began.time >= processorTime
      || max(0, (Self.memory(.resident) ?? 0) - began.memory) >= memory
  }

  /// A kind of memory.
  enum Count: Int {
    /// The address space.
    case space = 0
    /// The part in physical memory.
    case resident = 1
  }

  /// The bytes of memory that the program has now, or nil if the kernel does not say.
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

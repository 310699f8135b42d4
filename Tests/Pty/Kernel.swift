internal import CPlatform
internal import Glibc

/// What the kernel says of processes and threads.
public enum Kernel {
  /// The names of a process's threads, by their numbers.
  public static func threads(of pid: Int32) -> [Int32: String] {
    var threads: [Int32: String] = [:]
    for entry in names(inFolder: "/proc/\(pid)/task") {
      guard let tid = Int32(entry) else { continue }
      threads[tid] = text(of: "/proc/\(pid)/task/\(tid)/comm")?.split(separator: "\n").first
        .map(String.init)
    }
    return threads
  }

  /// A thread's state letter: S asleep, R running …
  public static func state(ofThread tid: Int32, in pid: Int32) -> Character? {
    guard let stat = text(of: "/proc/\(pid)/task/\(tid)/stat"), let end = stat.lastIndex(of: ")")
    else { return nil }
    return stat[end...].dropFirst(2).first
  }

  /// The processes whose parent a process is.
  public static func children(of pid: Int32) -> [Int32] {
    names(inFolder: "/proc").compactMap { Int32($0) }.filter { candidate in
      guard let stat = text(of: "/proc/\(candidate)/stat"), let end = stat.lastIndex(of: ")")
      else { return false }
      let fields = stat[end...].split(separator: " ")
      return fields.count > 2 && Int32(fields[2]) == pid
    }
  }

  /// Waits until a process is no more, up to a generous time.
  public static func waitForEnd(of pid: Int32) -> Bool {
    let descriptor = lks_pidfd_open(pid)
    guard descriptor >= 0 else { return true }
    defer { close(descriptor) }
    var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&polled, 1, 10_000) > 0
  }

  /// The processor time of a process so far.
  public static func processorTime(of pid: Int32) -> Duration? {
    guard let stat = text(of: "/proc/\(pid)/stat"), let end = stat.lastIndex(of: ")") else {
      return nil
    }
    let fields = stat[end...].split(separator: " ")
    guard fields.count > 13, let user = Int(fields[12]), let system = Int(fields[13]) else {
      return nil
    }
    return .seconds(user + system) / sysconf(Int32(_SC_CLK_TCK))
  }

  /// The most memory that a process has had, in bytes.
  public static func peakMemory(of pid: Int32) -> Int? { bytes("VmHWM", of: pid) }

  /// The resident memory of a process, in bytes.
  public static func memory(of pid: Int32) -> Int? { bytes("VmRSS", of: pid) }

  private static func bytes(_ name: String, of pid: Int32) -> Int? {
    text(of: "/proc/\(pid)/status")?.split(separator: "\n").first { $0.hasPrefix("\(name):") }
      .flatMap { line in line.split(separator: " ").dropFirst().first }.flatMap { Int($0) }
      .map { $0 * 1024 }
  }

  /// The beginning of a file.
  public static func text(of path: String, limit: Int = 4096) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: limit)
    let count = read(descriptor, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }
}

import CPlatform
import Glibc
import Platform
public import SystemPackage

/// Why another program gave no answer. The description continues a sentence that begins with the
/// program's name: `did not answer within 5 s and was stopped`.
public enum ProgramTrouble: Error, Equatable, CustomStringConvertible {
  case notFound
  case cannotStart(Errno)
  /// It printed nothing for too long.
  case isSilent(seconds: Int)
  case ended(status: Int32)
  case endedBySignal(Int32)
  case printedNothing

  public var description: String {
    switch self {
    case .notFound: "was not found"
    case .cannotStart(let error): "cannot be started: \(error)"
    case .isSilent(let seconds): "did not answer within \(seconds) s and was stopped"
    case .ended(let status): "ended with status \(status)"
    case .endedBySignal(let signal): "was ended by signal \(signal)"
    case .printedNothing: "printed nothing"
    }
  }
}

/// What another program printed on its standard output.
///
/// The program is killed when the output is read, when it takes too long, and when a signal ends this
/// program meanwhile.
public struct ProgramOutput {
  /// At most 64 KB.
  public let bytes: [UInt8]
  /// Why the program printed no more, or nil if it ended or printed enough.
  public let trouble: ProgramTrouble?

  /// The time to wait for each piece of output, in seconds, and for all of it.
  static let patience = 5
  private static let longest: UInt64 = 60_000_000_000
  private static let mostBytes = 65_536

  /// The first line that a program prints.
  /// - Throws: `ProgramTrouble` if it prints none.
  public static func firstLine(of words: [String]) throws(ProgramTrouble) -> String {
    let output = try ProgramOutput(of: words, until: 0x0A)
    let line = String(decoding: output.bytes.prefix { $0 != 0x0A }, as: UTF8.self)
    if line.isEmpty { throw output.trouble ?? .printedNothing }
    return line
  }

  /// Runs a program.
  /// - Parameters:
  ///   - input: its standard input.
  ///   - last: the byte after which nothing more is read, or nil to read everything.
  /// - Throws: `ProgramTrouble` if it cannot start.
  public init(
    of words: [String], input: [UInt8] = [], until last: UInt8? = nil
  ) throws(ProgramTrouble) {
    let source = input.withUnsafeBytes(ChildProgram.file) ?? -1
    guard source >= 0 else { throw .cannotStart(Errno(rawValue: errno)) }
    let file = Descriptor(source)
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw .cannotStart(Errno(rawValue: errno)) }
    let output = Descriptor(ends[0])
    // Until the child is gone, a signal only ends the wait. Then it ends this program.
    let signals = EndingSignals()
    defer { signals.restore() }
    let child: pid_t
    do throws(Errno) {
      defer { close(ends[1]) }
      child = try ChildProgram.spawn(
        words[0], words, environment: ChildProgram.environment, input: file.number,
        output: ends[1])
    } catch {
      throw error == .noSuchFileOrDirectory ? .notFound : .cannotStart(error)
    }
    var reader = Reader(output: output.number, signals: signals.descriptor, last: last)
    reader.read()
    let isSilent = reader.isSilent || !reader.hasEnough && !Self.waitForEnd(of: child)
    let status = ChildProgram.end(child)
    bytes = reader.bytes
    if isSilent {
      trouble = .isSilent(seconds: Self.patience)
    } else if reader.hasEnough {
      trouble = nil
    } else {
      trouble = Self.trouble(of: status)
    }
  }

  /// The trouble in a wait status, or nil for success.
  private static func trouble(of status: Int32) -> ProgramTrouble? {
    var code: Int32 = 0
    guard lks_wait_status(status, &code) != 0 else { return .endedBySignal(code) }
    return code == 0 ? nil : .ended(status: code)
  }

  /// Waits until a program that has closed its output ends. Returns whether it has ended.
  private static func waitForEnd(of child: pid_t) -> Bool {
    let descriptor = lks_pidfd_open(child)
    guard descriptor >= 0 else { return true }
    let process = Descriptor(descriptor)
    var polled = pollfd(fd: process.number, events: Int16(POLLIN), revents: 0)
    while true {
      let count = poll(&polled, 1, Int32(patience) * 1000)
      if count >= 0 || errno != EINTR { return count > 0 }
    }
  }

  /// Reads the output of a program.
  private struct Reader {
    let output: Int32
    let signals: Int32
    let last: UInt8?
    var bytes: [UInt8] = []
    var isSilent = false
    /// Whether the rest of the output does not matter.
    var hasEnough = false

    mutating func read() {
      let deadline = MonotonicClock.now() + longest
      var buffer = [UInt8](repeating: 0, count: 4096)
      while !hasEnough {
        var polled = [
          pollfd(fd: output, events: Int16(POLLIN), revents: 0),
          pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
        ]
        let next = MonotonicClock.now() + UInt64(patience) * 1_000_000_000
        let ready = poll(&polled, 2, MonotonicClock.pollTimeout(until: min(next, deadline)))
        if ready < 0, errno == EINTR { continue }
        isSilent = ready == 0
        hasEnough = polled[1].revents != 0
        guard polled[0].revents != 0, !hasEnough else { return }
        let count = Glibc.read(output, &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        bytes.append(contentsOf: buffer[..<count])
        hasEnough = bytes.count >= mostBytes || last.map(buffer[..<count].contains) == true
      }
    }
  }
}

/// Holds back the signals that end the program, so that it can clean up first.
private struct EndingSignals {
  /// Becomes readable when one of them has arrived, or -1.
  let descriptor: Int32
  private var before = sigset_t()

  init() {
    var ending = sigset_t()
    sigemptyset(&ending)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] { sigaddset(&ending, number) }
    pthread_sigmask(SIG_BLOCK, &ending, &before)
    descriptor = lks_signal_descriptor(&ending)
  }

  /// Lets the signals through again. One that has arrived takes effect now.
  func restore() {
    if descriptor >= 0 { close(descriptor) }
    var before = before
    pthread_sigmask(SIG_SETMASK, &before, nil)
  }
}

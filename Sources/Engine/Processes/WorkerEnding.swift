import CPlatform
public import Concurrency

/// How a child process ended.
public enum WorkerEnding: Sendable, Equatable {
  /// It exited with a status.
  case exited(Int32)
  /// A signal ended it.
  case killed(signal: Int32)
  /// The kernel does not report how it ended.
  case unknown
  /// It could not be started, for a reason.
  case notStarted(String)

  /// Decodes the status from `waitpid`.
  init(waitStatus: Int32) {
    var code: Int32 = 0
    self = lks_wait_status(waitStatus, &code) != 0 ? .exited(code) : .killed(signal: code)
  }

  /// Python's exit code: the status, or the negative number of the signal; nil if it is not known.
  public var exitCode: Int32? {
    switch self {
    case .exited(let code): code
    case .killed(let signal): -signal
    case .unknown, .notStarted: nil
    }
  }

  /// Whether the process did not do all its work.
  public var isFailure: Bool {
    switch self {
    case .exited(0): false
    case .exited, .killed, .unknown, .notStarted: true
    }
  }

  var hasStarted: Bool {
    if case .notStarted = self { false } else { true }
  }

  /// The ending as the predicate of a sentence.
  public var text: String {
    switch self {
    case .exited(let code): "exited with status \(code)"
    case .killed(let signal): "was killed by \(Self.name(ofSignal: signal))"
    case .unknown: "ended in an unknown way"
    case .notStarted(let reason): "could not be started: \(reason)"
    }
  }

  private static func name(ofSignal number: Int32) -> String {
    var name = [CChar](repeating: 0, count: 24)
    lks_signal_name(number, &name, Int32(name.count))
    return name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  }

  /// The exception for a process that should have succeeded. It names the process.
  public func exception(ofProcess name: String) -> RaisedException {
    RaisedException(type: hasStarted ? "RuntimeError" : "OSError", message: "\(name) \(text)")
  }

  /// The exception for a pool with tasks whose worker has ended.
  func exception(ofWorker name: String) -> RaisedException {
    guard hasStarted else { return exception(ofProcess: name) }
    return RaisedException(
      type: ProcessPoolState.broken.type, message: "\(name) \(text) before its work was done")
  }
}

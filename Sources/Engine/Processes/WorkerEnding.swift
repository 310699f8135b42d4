import CPlatform

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

  /// Why the process could not be started, or nil.
  public var failure: String? {
    if case .notStarted(let reason) = self { reason } else { nil }
  }
}

import CPlatform

/// How a child process's life ended, as far as the kernel tells.
public enum WorkerEnding: Sendable, Equatable {
  /// It ended by itself, with that status.
  case exited(Int32)
  /// A signal ended it.
  case killed(signal: Int32)
  /// It is gone, and somebody else took the report.
  case unknown
  /// It was never there, for that reason.
  case notStarted(String)

  /// What `waitpid` reported.
  init(waitStatus: Int32) {
    var code: Int32 = 0
    self = lks_wait_status(waitStatus, &code) != 0 ? .exited(code) : .killed(signal: code)
  }

  /// What Python calls the exit code: the status, or less than zero the signal; nil where nobody
  /// knows.
  public var exitCode: Int32? {
    switch self {
    case .exited(let code): code
    case .killed(let signal): -signal
    case .unknown, .notStarted: nil
    }
  }

  /// Why there never was a process; nil where there was one.
  public var failure: String? {
    if case .notStarted(let reason) = self { reason } else { nil }
  }
}

import CPlatform

/// How a child process's life ended, as far as the kernel tells.
enum WorkerEnding: Sendable, Equatable {
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

  /// Why there never was a process; nil where there was one.
  var failure: String? {
    if case .notStarted(let reason) = self { reason } else { nil }
  }
}

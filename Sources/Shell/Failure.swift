/// How the program ends.
public enum ExitStatus: Int32, CaseIterable, Sendable {
  case fine = 0
  case failed = 1
  case wrongUsage = 2
  case needsTerminal = 3

  /// What it means, for the help and the man page.
  public var doc: String {
    switch self {
    case .fine: "all is fine"
    case .failed: "something failed, or a check found something"
    case .wrongUsage: "wrong usage"
    case .needsTerminal: "the system refused what the full screen needs"
    }
  }

  /// All statuses there are, each with what it means.
  public static var table: [(status: String, doc: String)] {
    allCases.map { ("\($0.rawValue)", $0.doc) } + [("128+n", "ended by signal n")]
  }
}

/// A reason to end, in one line that says what to do.
public struct Failure: Error {
  public let message: String
  public let status: ExitStatus

  public init(_ message: String, _ status: ExitStatus = .failed) {
    self.message = message
    self.status = status
  }
}

/// The exit status of the program.
public enum ExitStatus: Int32, CaseIterable, Sendable {
  case fine = 0
  case failed = 1
  case wrongUsage = 2
  case needsTerminal = 3

  /// What the status means, for the help and the man page.
  public var doc: String {
    switch self {
    case .fine: "success"
    case .failed: "failure, or a check found errors"
    case .wrongUsage: "wrong usage, or a file that does not exist"
    case .needsTerminal: "the full screen cannot be had"
    }
  }

  /// All statuses and their meanings.
  public static var table: [(status: String, doc: String)] {
    allCases.map { ("\($0.rawValue)", $0.doc) } + [("128+n", "ended by signal n")]
  }
}

/// An error that ends the program, with one line for the user: what is wrong and what to do.
public struct Failure: Error {
  public let message: String
  public let status: ExitStatus

  public init(_ message: String, _ status: ExitStatus = .failed) {
    self.message = message
    self.status = status
  }

  public static let noDescriptors = Failure("no more file descriptors; close other programs")
  public static let noThreads = Failure("the system has no more threads; close other programs")
}

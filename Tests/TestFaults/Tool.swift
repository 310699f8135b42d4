internal import Glibc
public import Testing

/// The programs outside the project that fault tests need, and the Debian packages that have them.
/// `.ci/run` installs the packages that this table names.
public enum Tool: String, CaseIterable, Sendable {
  case cc
  case faketime
  case flock
  case mkfifo
  case mount
  case prlimit
  case python3
  case setpriv
  case strace
  case tmux
  case unshare

  /// The Debian package that has the program.
  public var package: String {
    switch self {
    case .cc: "gcc"
    case .flock, .prlimit, .setpriv, .unshare: "util-linux"
    case .mkfifo: "coreutils"
    case .faketime, .mount, .python3, .strace, .tmux: rawValue
    }
  }

  /// The program's path, or nil if no folder of PATH has it.
  public var path: String? {
    let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    return folders.split(separator: ":").map { "\($0)/\(rawValue)" }
      .first { access($0, X_OK) == 0 }
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips a test where a program that it needs is missing, and says so at the end of the suite.
  public static func needs(_ tools: Tool...) -> Self {
    .enabled(
      "needs \(tools.map { "\($0.rawValue) (Debian package \($0.package))" }.joined(separator: ", "))"
    ) {
      let missing = tools.filter { $0.path == nil }
      for tool in missing { FaultCount.shared.miss(tool) }
      return missing.isEmpty
    }
  }

  /// Skips a test that needs the rights of root, and says so at the end of the suite.
  public static var needsRoot: Self {
    .enabled("needs the rights of root") {
      if geteuid() != 0 { FaultCount.shared.missRoot() }
      return geteuid() == 0
    }
  }
}

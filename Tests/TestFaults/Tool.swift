internal import Glibc
internal import Pty
internal import Synchronization
public import Testing

/// The programs outside the project that fault tests need, and the Debian packages that have them.
/// `.ci/run` installs these packages.
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

  /// Whether the program is here and works. A container may forbid it to trace or to make namespaces.
  public var works: Bool {
    Self.trials.withLock { trials in
      if let known = trials[self] { return known }
      let works = tryOut()
      trials[self] = works
      return works
    }
  }

  private static let trials = Mutex<[Tool: Bool]>([:])

  private func tryOut() -> Bool {
    guard let path else { return false }
    let words: [String]
    switch self {
    case .strace: words = ["-f", "-o", "/dev/null", "true"]
    case .unshare: words = ["--user", "--map-root-user", "--mount", "true"]
    default: return true
    }
    return (try? Program(path: path, words))?.status == 0
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips a test where a program that it needs is missing, and says so at the end of the suite.
  public static func needs(_ tools: Tool...) -> Self {
    .enabled(
      "needs \(tools.map { "\($0.rawValue) (Debian package \($0.package))" }.joined(separator: ", "))"
    ) {
      let missing = tools.filter { !$0.works }
      for tool in missing { FaultCount.shared.miss(tool) }
      return missing.isEmpty
    }
  }

  /// Skips a test that runs the program as another user where that is impossible, and says so at the
  /// end of the suite.
  public static var needsOtherUser: Self {
    .enabled("needs root, setpriv, and a program that other users can run") {
      if !OtherUser.canRunProgram { FaultCount.shared.missOtherUser() }
      return OtherUser.canRunProgram
    }
  }
}

/// A user without rights, as whom root can run programs.
public enum OtherUser {
  /// The arguments of `setpriv`.
  public static let words = ["--reuid=65534", "--regid=65534", "--clear-groups"]

  /// Whether this user can run the program. It may be in a folder that only root can read.
  static let canRunProgram: Bool = {
    guard geteuid() == 0, let path = Tool.setpriv.path, let program = try? Program.path else {
      return false
    }
    return (try? Program(path: path, words + [program, "--version"]))?.status == 0
  }()
}

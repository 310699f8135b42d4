internal import CPlatform
internal import Glibc

/// A failed system call.
public struct PtyError: Error, CustomStringConvertible {
  public let call: String
  public let errno: Int32

  public var description: String { "\(call): \(String(cString: strerror(errno)))" }
}

/// The exit status of a program.
public enum ExitStatus: Hashable, Sendable {
  case exited(Int32)
  case signalled(Int32)
}

extension PtyProgram {
  /// POSIX_SPAWN_SETSID, which <spawn.h> hides without _GNU_SOURCE.
  private static let setSession: Int32 = 0x80

  /// Spawns a program with an empty signal mask and default signal dispositions.
  static func spawn(
    _ terminal: String, _ path: String, _ arguments: [String], _ environment: [String: String]
  ) throws(PtyError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    // When a session leader opens its first terminal, it becomes the controlling terminal.
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
      &attributes, Int16(setSession | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var argv: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] =
      (environment.map { "\($0.key)=\($0.value)" } + SanitizerOptions.variables).map { strdup($0) }
      + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var pid: pid_t = 0
    let status = posix_spawn(&pid, path, &actions, &attributes, &argv, &envp)
    guard status == 0 else { throw PtyError(call: "posix_spawn \(path)", errno: status) }
    return pid
  }
}

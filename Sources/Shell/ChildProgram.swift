public import CPlatform
import Glibc
public import SystemPackage

/// Starts another program as a child that reads from a file in memory and writes into a pipe. The
/// child has no other open files, and no signal blocked or ignored.
///
/// The child leads a session of its own. So it has no terminal, a key for this program's terminal
/// does not reach it, and it can be killed together with the programs that it starts.
public enum ChildProgram {
  /// A file in memory that holds the input, open at its start. Unlike a pipe, it takes all input
  /// before the child reads any. Nil if the system cannot make one.
  public static func file(holding input: UnsafeRawBufferPointer) -> Int32? {
    let descriptor = lks_memfd_create("lockstep-input")
    guard descriptor >= 0 else { return nil }
    var done = 0
    while done < input.count {
      let count = write(descriptor, input.baseAddress.map { $0 + done }, input.count - done)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        close(descriptor)
        return nil
      }
      done += count
    }
    lseek(descriptor, 0, SEEK_SET)
    return descriptor
  }

  /// POSIX_SPAWN_SETSID, which <spawn.h> hides without _GNU_SOURCE.
  private static let setSession: Int32 = 0x80

  /// Starts a program.
  /// - Parameters:
  ///   - program: its path, or a name to look up in `PATH`.
  ///   - words: its arguments, starting with its own name.
  ///   - environment: its variables.
  /// - Throws: `Errno` if it cannot start.
  public static func spawn(
    _ program: String, _ words: [String], environment: [String], input: Int32, output: Int32
  ) throws(Errno) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    lks_spawn_close_from(&actions, 3)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | setSession))
    let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    let variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    var child: pid_t = 0
    let status = posix_spawnp(&child, program, &actions, &attributes, arguments, variables)
    guard status == 0 else { throw Errno(rawValue: status) }
    return child
  }

  /// Kills a child and the programs that it started, as far as they still run, and waits for the
  /// child's end.
  /// - Returns: the child's wait status.
  @discardableResult
  public static func end(_ child: pid_t) -> Int32 {
    // Before the child is reaped, no other process can have its number.
    kill(-child, SIGKILL)
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return status
  }
}

extension ChildProgram {
  /// The variables of this program that another program needs to start and to find its own files.
  /// Others may hold secrets.
  public static var environment: [String] {
    var variables: [String] = []
    var next = environ
    while let variable = next.pointee {
      let text = String(cString: variable)
      if isPassedOn(String(text.prefix { $0 != "=" })) { variables.append(text) }
      next += 1
    }
    return variables
  }

  private static let passedOn: Set = [
    "PATH", "HOME", "USER", "LOGNAME", "SHELL", "TMPDIR", "LANG", "LANGUAGE", "TZ",
    "LD_LIBRARY_PATH", "VIRTUAL_ENV",
  ]
  /// Where version managers keep their programs, and the locale.
  private static let beginnings = ["LC_", "XDG_", "PYENV_", "ASDF_", "MISE_", "RTX_", "CONDA_"]

  static func isPassedOn(_ name: String) -> Bool {
    passedOn.contains(name) || beginnings.contains { name.hasPrefix($0) }
  }
}

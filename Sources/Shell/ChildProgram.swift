public import CPlatform
import Glibc

/// Starts another program as a child that reads from a file in memory and writes into a pipe. The
/// child has no other open files, and no signal blocked or ignored.
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

  /// Starts a program. Returns nil if it cannot start.
  /// - Parameters:
  ///   - program: its path, or a name to look up in `PATH`.
  ///   - words: its arguments, starting with its own name.
  ///   - environment: its variables, or nil for those of this program.
  public static func spawn(
    _ program: String, _ words: [String], environment: [String]? = nil, input: Int32, output: Int32
  ) -> pid_t? {
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
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    let variables: [UnsafeMutablePointer<CChar>?] =
      (environment ?? []).map { strdup($0) } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    var child: pid_t = 0
    let status =
      environment == nil
      ? posix_spawnp(&child, program, &actions, &attributes, arguments, environ)
      : posix_spawnp(&child, program, &actions, &attributes, arguments, variables)
    return status == 0 ? child : nil
  }

  /// Kills a child if it still runs, and waits for its end.
  public static func end(_ child: pid_t) {
    kill(child, SIGKILL)
    while waitpid(child, nil, 0) < 0, errno == EINTR {}
  }
}

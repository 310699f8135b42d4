import CPlatform
import Concurrency
import Events
import Glibc
import Platform
import Rings
import SystemPackage

/// Starts worker processes.
enum WorkerSpawn {
  /// The hidden subcommand.
  static let subcommand = "__worker"
  /// A worker's descriptors, after the three standard ones.
  static let memoryDescriptor: Int32 = 3
  static let socketDescriptor: Int32 = 4

  /// Starts a worker. Only the supervisor's thread calls this, because the kernel ends the child when
  /// the calling thread ends.
  /// - Throws: `Errno` if the kernel gives no process or the program cannot be executed.
  static func spawn(_ process: WorkerProcess, socket: borrowing Descriptor) throws(Errno) -> pid_t {
    let memoryEnd = try Descriptor(copying: process.memory.descriptor)
    let socketEnd = try Descriptor(copying: socket.number)
    let passed = process.takePassed()

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for standard in Int32(0)...2 {
      posix_spawn_file_actions_addopen(&actions, standard, "/dev/null", O_RDWR, 0)
    }
    posix_spawn_file_actions_adddup2(&actions, memoryEnd.number, memoryDescriptor)
    posix_spawn_file_actions_adddup2(&actions, socketEnd.number, socketDescriptor)
    for (index, descriptor) in passed.numbers.enumerated() {
      posix_spawn_file_actions_adddup2(
        &actions, descriptor, Run.firstPassedDescriptor + Int32(index))
    }
    lks_spawn_close_from(&actions, Run.firstPassedDescriptor + Int32(passed.numbers.count))

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    let words =
      [
        "lockstep", subcommand, "\(process.slot.index)", "\(process.actor.rawValue)",
        "\(getpid())", process.name,
      ] + process.bodyWords
    var pid: pid_t = 0
    let status = withCStrings(words) { arguments in
      // A worker may crash by design. Its crash must not start a debugger in the terminal.
      withCStrings(["SWIFT_BACKTRACE=enable=no"]) { environment in
        posix_spawn(&pid, process.programPath, &actions, &attributes, arguments, environment)
      }
    }
    guard status == 0 else { throw Errno(rawValue: status) }
    return pid
  }

  private static func withCStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers)
  }
}

import CPlatform
import Glibc
import LessonKit
import Trace

/// Tries, in a process of its own that has limits, whether a document can be parsed: a parse of
/// crafted text may take minutes and gigabytes, and cannot be called off.
struct ParseTrial {
  /// The program to start; tests name it.
  var program = "/proc/self/exe"
  /// The most memory that the parse may take, in bytes.
  var memory = 201_326_592
  /// The most processor time that it may take, in milliseconds.
  var processorTime = 600
  /// When it is given up, in nanoseconds: a machine that is busy gets some more time.
  var patience: UInt64 = 5_000_000_000

  /// Whether the document was parsed within the limits. The child is gone when this returns.
  func succeeds(name: String, text: String, progress: ReadingProgress) -> Bool {
    let input = lks_memfd_create("document")
    guard input >= 0 else { return false }
    defer { close(input) }
    var answer: [Int32] = [0, 0]
    guard Self.fill(input, with: text), pipe(&answer) == 0 else { return false }
    defer { close(answer[0]) }
    let child = spawn(name: name, input: input, output: answer[1], closing: answer[0])
    close(answer[1])
    guard let child else { return false }
    let hasSucceeded = waitForAnswer(on: answer[0], name: name, progress: progress)
    kill(child, SIGKILL)
    while waitpid(child, nil, 0) < 0, errno == EINTR {}
    return hasSucceeded
  }

  private static func fill(_ descriptor: Int32, with text: String) -> Bool {
    var text = text
    let isWhole = text.withUTF8 { bytes in
      var sent = 0
      while sent < bytes.count {
        let count = write(descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        sent += count
      }
      return true
    }
    return isWhole && lseek(descriptor, 0, SEEK_SET) == 0
  }

  private func spawn(name: String, input: Int32, output: Int32, closing other: Int32) -> pid_t? {
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
    let words = [
      "lockstep", ParseProgram.subcommand, "\(getpid())", "\(memory)", "\(processorTime)", name,
    ]
    let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    let variables: [UnsafeMutablePointer<CChar>?] = [strdup("SWIFT_BACKTRACE=enable=no"), nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    var child: pid_t = 0
    let status = posix_spawn(&child, program, &actions, &attributes, arguments, variables)
    return status == 0 ? child : nil
  }

  private func waitForAnswer(
    on descriptor: Int32, name: String, progress: ReadingProgress
  ) -> Bool {
    let began = MonotonicClock.now()
    while true {
      let now = MonotonicClock.now()
      guard now < began + patience else { return false }
      let left = began + patience - now
      var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      // Wakes once in between, to say that it takes long.
      let wait = now < began + ReadingProgress.patience ? ReadingProgress.patience : left
      if poll(&polled, 1, Int32(clamping: wait / 1_000_000 + 1)) > 0 {
        var byte: UInt8 = 0
        let count = read(descriptor, &byte, 1)
        if count < 0, errno == EINTR { continue }
        return count == 1 && byte == ParseProgram.success
      }
      progress.note("reading \(name)")
    }
  }
}

import CPlatform
import Glibc

/// What another program of this machine prints.
enum ProgramOutput {
  /// A program that has not ended after so many milliseconds is ended.
  private static let patience: Int32 = 5000

  /// The first line that a program prints, or nil when it cannot be run, prints nothing or
  /// does not end.
  static func firstLine(of words: [String]) -> String? {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    defer { close(ends[0]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var child: pid_t = 0
    let status = posix_spawnp(&child, words[0], &actions, nil, arguments, environ)
    close(ends[1])
    guard status == 0 else { return nil }
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while text.count < 65_536 {
      var polled = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
      guard poll(&polled, 1, patience) > 0 else {
        kill(child, SIGKILL)
        break
      }
      let count = read(ends[0], &buffer, buffer.count)
      guard count > 0 else { break }
      text.append(contentsOf: buffer[..<count])
    }
    var exitStatus: Int32 = 0
    waitpid(child, &exitStatus, 0)
    let line = String(decoding: text.prefix { $0 != 10 }, as: UTF8.self)
    return line.isEmpty ? nil : line
  }
}

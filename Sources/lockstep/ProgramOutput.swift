import CPlatform
import Glibc

/// What another program of this machine prints.
enum ProgramOutput {
  /// A program that has not ended after so many milliseconds is ended.
  private static let patience: Int32 = 5000

  /// The first line that a program prints, or nil when it cannot be run, prints nothing or
  /// does not end.
  static func firstLine(of words: [String]) -> String? {
    guard let text = bytes(of: words) else { return nil }
    let line = String(decoding: text.prefix { $0 != 10 }, as: UTF8.self)
    return line.isEmpty ? nil : line
  }

  /// What a program prints, 64 KB at most, or nil when it cannot be run.
  /// - Parameter input: what it reads from its standard input.
  static func bytes(of words: [String], input: [UInt8] = []) -> [UInt8]? {
    guard let source = memory(holding: input) else { return nil }
    defer { close(source) }
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    defer { close(ends[0]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, source, 0)
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
    return text
  }

  /// A file that only lies in memory, at its beginning: unlike a pipe it takes all of the input
  /// before the program reads any of it.
  private static func memory(holding input: [UInt8]) -> Int32? {
    let descriptor = lks_memfd_create("lockstep-input")
    guard descriptor >= 0 else { return nil }
    var done = 0
    while done < input.count {
      let count = input.withUnsafeBytes { bytes in
        write(descriptor, bytes.baseAddress.map { $0 + done }, input.count - done)
      }
      guard count > 0 else {
        close(descriptor)
        return nil
      }
      done += count
    }
    lseek(descriptor, 0, SEEK_SET)
    return descriptor
  }
}

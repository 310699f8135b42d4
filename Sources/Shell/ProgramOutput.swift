import Glibc

/// Runs another program and reads its output.
public enum ProgramOutput {
  /// The time to wait for each piece of output, in milliseconds.
  private static let patience: Int32 = 5000

  /// The first line that a program prints. Nil if it cannot run or prints nothing in time.
  public static func firstLine(of words: [String]) -> String? {
    guard let text = bytes(of: words) else { return nil }
    let line = String(decoding: text.prefix { $0 != 10 }, as: UTF8.self)
    return line.isEmpty ? nil : line
  }

  /// The output of a program, at most 64 KB. Nil if it cannot run.
  /// - Parameter input: its standard input.
  public static func bytes(of words: [String], input: [UInt8] = []) -> [UInt8]? {
    guard let source = input.withUnsafeBytes(ChildProgram.file) else { return nil }
    defer { close(source) }
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    defer { close(ends[0]) }
    let child = ChildProgram.spawn(words[0], words, input: source, output: ends[1])
    close(ends[1])
    guard let child else { return nil }
    // The program may print forever; nobody needs the rest.
    defer { ChildProgram.end(child) }
    return read(ends[0])
  }

  private static func read(_ descriptor: Int32) -> [UInt8] {
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while text.count < 65_536 {
      var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&polled, 1, patience)
      if ready < 0, errno == EINTR { continue }
      guard ready > 0 else { break }
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      text.append(contentsOf: buffer[..<count])
    }
    return text
  }
}

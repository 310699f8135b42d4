import Glibc
import LessonKit
import Platform
import Shell

/// Tries to parse a document in a child process with limits. Parsing crafted text may take minutes
/// and gigabytes, and the parser cannot be stopped.
public struct ParseTrial: Sendable {
  /// The program to start. Tests set it.
  var program = "/proc/self/exe"
  /// The memory limit of the parse, in bytes.
  var memory = 201_326_592
  /// The processor time limit of the parse, in milliseconds.
  var processorTime = 600
  /// When to give up, in nanoseconds. A busy machine needs more than the processor time.
  var patience: UInt64 = 5_000_000_000

  public init() {}

  /// Whether the document can be parsed within the limits. The child is gone when this returns.
  public func succeeds(name: String, text: String, progress: ReadingProgress) -> Bool {
    var text = text
    guard let input = text.withUTF8({ ChildProgram.file(holding: UnsafeRawBufferPointer($0)) })
    else { return false }
    defer { close(input) }
    var answer: [Int32] = [0, 0]
    guard pipe(&answer) == 0 else { return false }
    defer { close(answer[0]) }
    let words = [
      "lockstep", ParseProgram.subcommand, "\(getpid())", "\(memory)", "\(processorTime)", name,
    ]
    let child = try? ChildProgram.spawn(
      program, words, environment: ["SWIFT_BACKTRACE=enable=no"], input: input, output: answer[1])
    close(answer[1])
    guard let child else { return false }
    defer { ChildProgram.end(child) }
    return waitForAnswer(on: answer[0], name: name, progress: progress)
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
      // Wakes once in between to show that it takes long.
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

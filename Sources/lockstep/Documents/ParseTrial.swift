import Glibc
import LessonKit
import Rings

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
    let child = ChildProgram.spawn(
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

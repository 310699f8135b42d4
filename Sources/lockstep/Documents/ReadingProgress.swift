import Glibc
import Rings
import Screen

/// A line on standard error that says what takes long, where a person can see it.
///
/// What is done within a third of a second is not worth a word.
final class ReadingProgress {
  private let isShown: Bool
  private let began = MonotonicClock.now()
  private var told = ""

  /// Nanoseconds until something is said.
  static let patience: UInt64 = 300_000_000

  /// - Parameter isShown: false once the screen belongs to the tutor.
  init(isShown: Bool = isatty(2) == 1) { self.isShown = isShown }

  /// Says what goes on, if it has gone on for a while.
  func note(_ text: @autoclosure () -> String) {
    guard isShown, MonotonicClock.now() - began >= Self.patience else { return }
    let line = Self.line(text())
    guard line != told else { return }
    write("\r" + blank + "\r" + line)
    told = line
  }

  /// What is said, on one line of a narrow screen.
  static func line(_ text: String) -> String {
    TextWidth.truncated("lockstep: " + text, to: columns)
  }

  private static let columns = 78

  /// Takes the line away.
  func end() {
    guard !told.isEmpty else { return }
    write("\r" + blank + "\r")
    told = ""
  }

  private var blank: String {
    String(repeating: " ", count: TextWidth.columns(of: told))
  }

  private func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.write(2, bytes, bytes.count)
  }
}

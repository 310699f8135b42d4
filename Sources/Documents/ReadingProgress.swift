public import Glibc
import Platform
import Screen

/// Shows what takes long: on standard error, if that is a terminal, or wherever the owner wants.
///
/// On standard error, work that ends within a third of a second shows nothing.
public final class ReadingProgress {
  private let isShown: Bool
  private let take: ((String) -> Void)?
  private let began = MonotonicClock.now()
  private var shown = ""

  /// The time until something is shown, in nanoseconds.
  static let patience: UInt64 = 300_000_000

  /// - Parameter isShown: false while the tutor has the screen.
  public init(isShown: Bool = isatty(2) == 1) {
    self.isShown = isShown
    take = nil
  }

  /// - Parameter take: takes each text immediately.
  init(_ take: @escaping (String) -> Void) {
    isShown = false
    self.take = take
  }

  /// Shows what the program is doing, if it has taken a while.
  func note(_ text: @autoclosure () -> String) {
    if let take { return take(text()) }
    guard isShown, MonotonicClock.now() - began >= Self.patience else { return }
    let line = Self.line(text())
    guard line != shown else { return }
    write("\r" + blank + "\r" + line)
    shown = line
  }

  /// The text as one line for a narrow screen.
  static func line(_ text: String) -> String {
    TextWidth.truncated("lockstep: " + text, to: columns)
  }

  private static let columns = 78

  /// Clears the line.
  public func end() {
    guard !shown.isEmpty else { return }
    write("\r" + blank + "\r")
    shown = ""
  }

  private var blank: String {
    String(repeating: " ", count: TextWidth.columns(of: shown))
  }

  private func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.write(2, bytes, bytes.count)
  }
}

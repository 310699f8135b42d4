/// How much of a large recording has been read, for whoever waits for its export: one line, written
/// over itself.
struct ExportProgress {
  private let size: Int
  private let tell: ((String) -> Void)?
  private var last = -1

  /// Smaller files take no time worth telling, in bytes.
  static let least = 32 << 20

  /// - Parameters:
  ///   - size: of the recording in bytes; nil where that is not known, and nothing can be told.
  ///   - tell: writes to the terminal of whoever waits; nil where nobody does.
  init(size: Int?, tell: ((String) -> Void)?) {
    self.size = size ?? 0
    self.tell = self.size >= Self.least ? tell : nil
  }

  /// Tells of each percent once.
  /// - Parameter bytes: how many have been read by now.
  mutating func show(_ bytes: Int) {
    guard let tell else { return }
    // A file may grow while it is read.
    let percent = min(bytes, size) * 100 / size
    guard percent > last else { return }
    last = percent
    tell("\r\(percent) % read")
  }

  /// Takes the line from the screen again.
  func clear() {
    guard last >= 0 else { return }
    tell?("\r             \r")
  }
}

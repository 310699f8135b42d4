/// Shows how much of a large recording has been read for an export: one line that replaces itself.
struct ExportProgress {
  private let size: Int
  private let write: ((String) -> Void)?
  private var last = -1

  /// The smallest file that shows progress, in bytes.
  static let least = 32 << 20

  /// - Parameters:
  ///   - size: the size of the recording in bytes, or nil if it is not known.
  ///   - write: writes to the user's terminal; nil if there is none.
  init(size: Int?, write: ((String) -> Void)?) {
    self.size = size ?? 0
    self.write = self.size >= Self.least ? write : nil
  }

  /// Shows each percent once.
  /// - Parameter bytes: the bytes read so far.
  mutating func show(_ bytes: Int) {
    guard let write else { return }
    // A file may grow while it is read.
    let percent = min(bytes, size) * 100 / size
    guard percent > last else { return }
    last = percent
    write("\r\(percent) % read")
  }

  /// Clears the line.
  func clear() {
    guard last >= 0 else { return }
    write?("\r             \r")
  }
}

internal import CVTerm

/// One visible cell.
public struct TestCell: Hashable, Sendable {
  /// The character with its marks. Empty if the program never drew the cell, and for the second
  /// column of a wide character.
  public let text: String
  /// The width: 1 or 2.
  public let columns: Int
  /// Palette indices, or nil for the terminal's own colour.
  public let foreground: Int?
  public let background: Int?
  public let isBold: Bool
  public let isItalic: Bool
  public let isUnderlined: Bool
  public let isReversed: Bool
}

/// A terminal emulator that shows a program's output, based on libvterm.
final class Emulator {
  private let emulator: UnsafeMutablePointer<lks_emulator>
  private var columns: Int
  private var rows: Int

  init(columns: Int, rows: Int) {
    guard let emulator = lks_emulator_new(Int32(rows), Int32(columns)) else {
      preconditionFailure("no memory for an emulator of \(columns) by \(rows)")
    }
    self.emulator = emulator
    self.columns = columns
    self.rows = rows
  }

  deinit {
    lks_emulator_free(emulator)
  }

  /// Shows output and returns the terminal's answers to any queries in it.
  func show(_ bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBytes { buffer in
      let text = buffer.bindMemory(to: CChar.self)
      _ = vterm_input_write(emulator.pointee.vterm, text.baseAddress, text.count)
    }
    return [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
      count = buffer.withMemoryRebound(to: CChar.self) {
        vterm_output_read(emulator.pointee.vterm, $0.baseAddress, $0.count)
      }
    }
  }

  func resize(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    vterm_set_size(emulator.pointee.vterm, Int32(rows), Int32(columns))
  }

  var lines: [String] { (0..<rows).map(line) }

  /// A row as text, without trailing spaces. libvterm makes the text, because tests look at the screen
  /// after each piece of output, and a debug build is slow to do so cell by cell.
  private func line(_ y: Int) -> String {
    let row = VTermRect(
      start_row: Int32(y), end_row: Int32(y + 1), start_col: 0, end_col: Int32(columns))
    let room = columns * Int(VTERM_MAX_CHARS_PER_CELL) * 4
    return String(unsafeUninitializedCapacity: room) { buffer in
      var count = buffer.withMemoryRebound(to: CChar.self) {
        vterm_screen_get_text(emulator.pointee.screen, $0.baseAddress, room, row)
      }
      while count > 0, buffer[count - 1] == UInt8(ascii: " ") { count -= 1 }
      return count
    }
  }

  func cell(x: Int, y: Int) -> TestCell {
    let cell = lks_emulator_get(emulator, Int32(y), Int32(x))
    let characters = withUnsafeBytes(of: cell.characters) { Array($0.bindMemory(to: UInt32.self)) }
    let scalars = characters.prefix { $0 != 0 }.compactMap { Unicode.Scalar($0) }
    return TestCell(
      text: String(String.UnicodeScalarView(scalars)), columns: Int(cell.width),
      foreground: cell.foreground < 0 ? nil : Int(cell.foreground),
      background: cell.background < 0 ? nil : Int(cell.background), isBold: cell.bold,
      isItalic: cell.italic, isUnderlined: cell.underline, isReversed: cell.reverse)
  }

  var cursor: (x: Int, y: Int) {
    let position = lks_emulator_cursor(emulator)
    return (Int(position.col), Int(position.row))
  }

  var isCursorVisible: Bool { emulator.pointee.cursor_visible }
  var isInAlternateScreen: Bool { emulator.pointee.alternate_screen }
  var wantsMouse: Bool { emulator.pointee.mouse != Int32(VTERM_PROP_MOUSE_NONE) }
}

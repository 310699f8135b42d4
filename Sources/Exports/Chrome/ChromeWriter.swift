import Events

/// Writes the objects of a Chrome trace, one a line.
///
/// What tells how to read an object stands before its texts, since some readers look no further.
struct ChromeWriter: Sendable {
  /// What is told beside an event; a viewer shows it when the event is picked.
  enum Argument: Sendable {
    case text(String)
    case number(Int64)
  }

  typealias Arguments = [(key: StaticString, value: Argument)]

  private var isFirst = true

  /// Begins an object: its phase, and where and when it is.
  mutating func begin(
    _ phase: StaticString, process: UInt64, row: UInt64?, time: UInt64? = nil,
    to bytes: inout [UInt8]
  ) {
    bytes.append(literal: isFirst ? "\n{\"ph\":\"" : ",\n{\"ph\":\"")
    isFirst = false
    bytes.append(literal: phase)
    bytes.append(literal: "\",\"pid\":")
    bytes.append(decimal: process)
    if let row {
      bytes.append(literal: ",\"tid\":")
      bytes.append(decimal: row)
    }
    guard let time else { return }
    bytes.append(literal: ",\"ts\":")
    bytes.append(microseconds: time)
  }

  /// What the object is called, and what viewers filter by.
  func name(_ name: String, category: StaticString? = nil, to bytes: inout [UInt8]) {
    bytes.append(literal: ",\"name\":")
    Self.write(name, to: &bytes)
    guard let category else { return }
    bytes.append(literal: ",\"cat\":\"")
    bytes.append(literal: category)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Ends the object.
  func end(_ arguments: Arguments = [], to bytes: inout [UInt8]) {
    if !arguments.isEmpty {
      bytes.append(literal: ",\"args\":")
      Self.write(arguments, to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// An object of the arguments alone.
  static func write(_ arguments: Arguments, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    for (index, argument) in arguments.enumerated() {
      bytes.append(literal: index == 0 ? "\"" : ",\"")
      bytes.append(literal: argument.key)
      bytes.append(literal: "\":")
      switch argument.value {
      case .text(let text): write(text, to: &bytes)
      case .number(let number): bytes.append(decimal: number)
      }
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// A text, in which U+FFFD stands for each null character: Perfetto's texts end at the first.
  private static func write(_ text: String, to bytes: inout [UInt8]) {
    guard text.utf8.contains(0) else { return bytes.append(quoted: text) }
    let shown = String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }))
    bytes.append(quoted: shown)
  }
}

extension [UInt8] {
  /// Nanoseconds as microseconds with their three decimals, exactly.
  mutating func append(microseconds nanoseconds: UInt64) {
    append(decimal: nanoseconds / 1000)
    let rest = nanoseconds % 1000
    append(literal: rest < 10 ? ".00" : rest < 100 ? ".0" : ".")
    append(decimal: rest)
  }
}

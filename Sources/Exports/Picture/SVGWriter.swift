/// Writes SVG as bytes: elements, attributes and texts, escaped as XML asks.
struct SVGWriter {
  var bytes: [UInt8] = []

  /// Adds what is written as it is, on a line of its own.
  mutating func raw(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    bytes.append(0x0A)
  }

  /// An element with what is in it, or an empty one.
  /// - Parameters:
  ///   - attributes: in the order in which they are written.
  ///   - title: what a viewer says where the pointer rests.
  mutating func element(
    _ name: String, _ attributes: [(String, String)], title: String? = nil, text: String? = nil
  ) {
    bytes.append(contentsOf: "<\(name)".utf8)
    for (key, value) in attributes {
      bytes.append(contentsOf: " \(key)=\"\(Self.escaped(value))\"".utf8)
    }
    if title == nil, text == nil {
      bytes.append(contentsOf: "/>\n".utf8)
      return
    }
    bytes.append(UInt8(ascii: ">"))
    if let title { bytes.append(contentsOf: "<title>\(Self.escaped(title))</title>".utf8) }
    if let text { bytes.append(contentsOf: Self.escaped(text).utf8) }
    bytes.append(contentsOf: "</\(name)>\n".utf8)
  }

  /// A line of text.
  mutating func text(
    _ text: String, x: Double, y: Double, _ style: String, anchor: String? = nil,
    title: String? = nil
  ) {
    var attributes = [("class", style), ("x", Self.number(x)), ("y", Self.number(y))]
    if let anchor { attributes.append(("text-anchor", anchor)) }
    element("text", attributes, title: title, text: text)
  }

  /// A number with one decimal at most: what is finer is seen by nobody.
  static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let rest = abs(tenths % 10)
    return (tenths < 0 ? "-" : "") + "\(abs(tenths / 10))" + (rest == 0 ? "" : ".\(rest)")
  }

  /// The text as it stands in XML 1.0, which has no place for control characters at all. Those that
  /// turn the direction of what follows would turn a sentence about them round, and are left out too.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\u{0}"..<" ", "\u{7F}"..<"\u{A0}", "\u{FFFE}", "\u{FFFF}": escaped += " "
      case "\u{2028}"..."\u{202E}", "\u{2066}"..."\u{2069}": escaped += " "
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

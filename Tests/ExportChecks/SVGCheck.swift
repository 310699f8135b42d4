/// Checks that a picture is valid XML 1.0, in the subset that the exporter uses.
///
/// It finds elements that do not nest, duplicate attributes, unescaped characters, scripts, fetched
/// resources, and references to missing ids.
public struct SVGCheck {
  /// An element and its text.
  public struct Element: Sendable {
    /// The name of the element.
    public let name: String
    /// The unescaped attributes.
    public let attributes: [String: String]
    /// The text of the element, without that of inner elements.
    public internal(set) var text = ""
    /// The text of the inner `title`.
    public internal(set) var title: String?

    /// The value of a numeric attribute, or nil.
    public func number(_ name: String) -> Double? { attributes[name].flatMap { Double($0) } }
  }

  /// The problems that were found.
  public private(set) var problems: [String] = []
  /// All elements, in document order.
  public private(set) var elements: [Element] = []

  private var open: [Int] = []

  private static let known: Set<String> = [
    "svg", "title", "desc", "style", "defs", "pattern", "rect", "path", "circle", "line", "text",
  ]

  /// Checks a picture.
  public init(_ bytes: [UInt8]) {
    if String(validating: bytes, as: UTF8.self) == nil { note("invalid UTF-8") }
    if bytes.contains(where: { $0 < 0x20 && $0 != 0x0A }) { note("a control character") }
    read(bytes[...])
    for index in open { note("\(elements[index].name) never ends") }
    if elements.first?.name != "svg" { note("no svg") }
    let ids = Set(elements.compactMap { $0.attributes["id"] })
    let references = elements.flatMap {
      ($0.attributes["aria-labelledby"] ?? "").split(separator: " ")
    }
    for id in references where !ids.contains(String(id)) { note("no element has the id \(id)") }
  }

  private mutating func note(_ problem: String) { problems.append(problem) }

  /// Reads bytes and not characters, because a combining mark would change the character before it.
  private mutating func read(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
      take(text: rest[..<start])
      rest = rest[start...]
      if rest.starts(with: Array("<!--".utf8)) {
        guard let comment = rest.firstRange(of: Array("-->".utf8)) else {
          return note("unclosed comment")
        }
        rest = rest[comment.upperBound...]
        continue
      }
      guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return note("unclosed tag") }
      take(tag: rest[(start + 1)..<end])
      rest = rest[(end + 1)...]
    }
    take(text: rest)
  }

  private mutating func take(text: ArraySlice<UInt8>) {
    let plain = unescaped(text)
    guard let index = open.last else {
      if plain.contains(where: { !$0.isWhitespace }) { note("text outside elements: \(plain)") }
      return
    }
    elements[index].text += plain
  }

  private mutating func take(tag: ArraySlice<UInt8>) {
    if tag.first == UInt8(ascii: "/") {
      let name = String(decoding: tag.dropFirst(), as: UTF8.self)
      guard let index = open.popLast(), elements[index].name == name else {
        return note("</\(name)> closes no element")
      }
      if name == "title", let parent = open.last { elements[parent].title = elements[index].text }
      return
    }
    let isEmpty = tag.last == UInt8(ascii: "/")
    let body = isEmpty ? tag.dropLast() : tag
    let nameBytes = body.prefix { $0 != 0x20 }
    let name = String(decoding: nameBytes, as: UTF8.self)
    if !Self.known.contains(name) { note("unknown element \(name)") }
    let attributes = attributes(in: body.dropFirst(nameBytes.count))
    for (key, value) in attributes {
      if key.hasPrefix("on") || key.hasSuffix("href") { note("\(name) has \(key)") }
      if key != "xmlns", value.contains("://") { note("\(name) fetches \(value)") }
    }
    if !isEmpty { open.append(elements.count) }
    elements.append(Element(name: name, attributes: attributes))
  }

  private mutating func attributes(in bytes: ArraySlice<UInt8>) -> [String: String] {
    var attributes: [String: String] = [:]
    let quote = UInt8(ascii: "\"")
    var rest = bytes.drop { $0 == 0x20 }
    while let equals = rest.firstIndex(of: UInt8(ascii: "=")) {
      let key = String(decoding: rest[..<equals], as: UTF8.self)
      let value = rest[(equals + 1)...]
      guard value.first == quote, let end = value.dropFirst().firstIndex(of: quote) else {
        note("\(key) has no quotes")
        return attributes
      }
      let inside = unescaped(value[(equals + 2)..<end])
      if attributes.updateValue(inside, forKey: key) != nil { note("duplicate \(key)") }
      rest = value[(end + 1)...].drop { $0 == 0x20 }
    }
    if !rest.isEmpty { note("attribute without a value") }
    return attributes
  }

  private mutating func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
    let names: [String: UInt8] = [
      "amp": UInt8(ascii: "&"), "lt": UInt8(ascii: "<"), "gt": UInt8(ascii: ">"),
      "quot": UInt8(ascii: "\""),
    ]
    var plain: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "&") else {
        plain.append(byte)
        continue
      }
      guard let end = rest.firstIndex(of: UInt8(ascii: ";")),
        let character = names[String(decoding: rest[..<end], as: UTF8.self)]
      else {
        note("unescaped &")
        continue
      }
      plain.append(character)
      rest = rest[(end + 1)...]
    }
    return String(decoding: plain, as: UTF8.self)
  }
}

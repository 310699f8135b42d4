internal import Catalog

extension LessonLint {
  /// Finds links and images whose file or heading does not exist.
  func links(
    _ links: [LinkReference], in file: String, _ outline: DocumentOutline, _ source: SourceLines
  ) -> [Diagnostic] {
    var places = LinkPlaces(source)
    var suggestions = Self.maximumSuggestions
    return links.compactMap { link in
      let place = places.next(of: link)
      return problem(
        with: link.destination, in: file, outline, &suggestions
      ).map { message in
        Diagnostic(
          file: file, line: place.line, column: place.column, severity: .error,
          message: message)
      }
    }
  }

  /// The most links of a document that get a suggestion, which takes a comparison with each heading.
  private static let maximumSuggestions = 50

  private func problem(
    with destination: String, in file: String, _ outline: DocumentOutline,
    _ suggestions: inout Int
  ) -> String? {
    guard !destination.isEmpty else { return "link without an address" }
    let fragment = destination.firstIndex(of: "#").map {
      destination[destination.index(after: $0)...].percentDecoded
    }
    if destination.hasPrefix("#") {
      return fragment.flatMap {
        Self.problem(withAnchor: $0, among: outline.anchors, of: nil, &suggestions)
      }
    }
    guard let path = Self.relativePath(in: destination, from: file) else { return nil }
    guard neighbours.exists(path) else {
      return Self.isImage(path)
        ? "the image \(destination) does not exist" : "the link to \(destination) is broken"
    }
    guard let fragment, MarkdownName.matches(path),
      let anchors = neighbours.anchors(path)
    else { return nil }
    return Self.problem(
      withAnchor: fragment, among: anchors, of: String(destination.prefix { $0 != "#" }),
      &suggestions)
  }

  private static func problem(
    withAnchor anchor: String, among anchors: Set<String>, of document: String?,
    _ suggestions: inout Int
  ) -> String? {
    guard !anchor.isEmpty, anchor != "top", !anchors.contains(anchor) else { return nil }
    let closest = suggestions > 0 ? Suggestion.closest(to: anchor, among: anchors.sorted()) : nil
    suggestions -= 1
    let hint = closest.map { " (did you mean #\($0)?)" } ?? ""
    return "no heading of \(document ?? "this document") has the anchor #\(anchor)\(hint)"
  }

  private static func isImage(_ path: String) -> Bool {
    let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    return ["png", "jpg", "jpeg", "gif", "svg", "webp"].contains(ending)
  }

  /// The path of a relative link, or nil for other links, which are not checked.
  static func relativePath(in destination: String, from file: String) -> String? {
    let link = destination.prefix { $0 != "#" && $0 != "?" }
    guard let first = link.first, first != "/" else { return nil }
    if let colon = link.firstIndex(of: ":"), !link[..<colon].contains("/") { return nil }
    var parts = file.split(separator: "/").dropLast().map(String.init)
    for part in link.percentDecoded.split(separator: "/") where part != "." {
      if part == "..", parts.last.map({ $0 != ".." }) == true {
        parts.removeLast()
      } else {
        parts.append(String(part))
      }
    }
    let path = parts.joined(separator: "/")
    return file.hasPrefix("/") ? "/" + path : path.isEmpty ? "." : path
  }
}

/// The place of each address in the source. A `LinkReference` has only the place of its block.
private struct LinkPlaces {
  private typealias Place = (line: Int, column: Int)
  private var inline: [String: Places] = [:]
  private var definitions: [String: Place] = [:]

  /// The places of one address in order. Each is used once. Links in a footnote come last, even if
  /// the footnote is further up.
  private struct Places {
    private var places: [Place] = []
    /// For each place, a later index below which all are used, or the place itself if it is free.
    private var free: [Int] = []

    mutating func append(_ place: Place) {
      places.append(place)
      free.append(free.count)
    }

    /// Returns the first free place from a line and column on, and marks it as used.
    mutating func take(from start: Place) -> Place? {
      var (low, high) = (0, places.count)
      while low < high {
        let middle = (low + high) / 2
        if places[middle] < start { low = middle + 1 } else { high = middle }
      }
      var index = low
      while index < free.count, free[index] != index { index = free[index] }
      // Compress the path for later calls.
      while low < index {
        let next = free[low]
        free[low] = index
        low = next
      }
      guard index < places.count else { return nil }
      free[index] = index + 1
      return places[index]
    }
  }

  init(_ source: SourceLines) {
    for number in 1...max(1, source.count) {
      let row = Array(source[number])
      for index in row.indices.dropLast() where row[index] == UInt8(ascii: "]") {
        let isInline = row[index + 1] == UInt8(ascii: "(")
        guard isInline || row[index + 1] == UInt8(ascii: ":") else { continue }
        guard let (address, start) = Self.address(in: row, from: index + 2) else { continue }
        if isInline {
          inline[address, default: Places()].append((number, start + 1))
        } else if definitions[address] == nil {
          definitions[address] = (number, start + 1)
        }
      }
    }
  }

  /// The longest address to look for, in bytes.
  private static let maximumLength = 1000

  /// The address that begins at an index, and its start. It is in angle brackets, or ends before a
  /// space or an unmatched bracket.
  private static func address(in row: [UInt8], from first: Int) -> (String, start: Int)? {
    var start = first
    while start < row.count, row[start] == 0x20 { start += 1 }
    let isBracketed = start < row.count && row[start] == UInt8(ascii: "<")
    if isBracketed { start += 1 }
    var depth = 0
    var end = start
    scan: while end < row.count {
      switch row[end] {
      case UInt8(ascii: ">") where isBracketed: break scan
      case 0x20 where !isBracketed: break scan
      case UInt8(ascii: "(") where !isBracketed: depth += 1
      case UInt8(ascii: ")") where !isBracketed:
        if depth == 0 { break scan }
        depth -= 1
      default: break
      }
      end += 1
      guard end - start <= maximumLength else { return nil }
    }
    return (String(decoding: row[start..<end], as: UTF8.self), start)
  }

  /// The place of the next link with this address from its block on, or the place of the block if
  /// the source spells the address differently.
  mutating func next(of link: LinkReference) -> (line: Int, column: Int) {
    let block = (link.line, link.column)
    if let index = inline.index(forKey: link.destination),
      let place = inline.values[index].take(from: block)
    {
      return place
    }
    return definitions[link.destination] ?? block
  }
}

extension StringProtocol {
  /// The text with percent escapes such as `%20` decoded.
  var percentDecoded: String {
    guard utf8.contains(UInt8(ascii: "%")) else { return String(self) }
    let bytes = Array(utf8)
    var decoded: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let byte = UInt8(
          String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
      {
        decoded.append(byte)
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }
}

/// A lesson's document divided at its headings without being parsed: far quicker, and as right, since
/// whatever only the parser could tell is left to it.
struct LessonParts {
  /// A heading and what stands below it, up to the next one.
  struct Part {
    /// The heading's line as it stands; none above the first step.
    var heading: ArraySlice<UInt8> = []
    /// The line of the heading, from 1.
    var line = 1
    /// What stands below the heading.
    var body: ArraySlice<UInt8> = []
    /// The line of the document at which that begins, from 1.
    var firstLine = 1
  }

  /// The line that is the lesson's title; nil where it has none.
  private(set) var title: ArraySlice<UInt8>?
  /// What stands above the first step, the title aside.
  private(set) var front = Part()
  /// The steps, at least one.
  private(set) var steps: [Part] = []

  /// Nil for a document that only the parser can divide, or that cannot be parsed in parts: one
  /// without steps or with a runnable block above the first; one in which something refers from part
  /// to part, or might hold a heading that is none, or be a heading that does not look like one.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard !bytes.contains(0x0D), !bytes.starts(with: "\u{FEFF}".utf8) else { return nil }
    front.body = bytes[...]
    var isFenced = false
    var hasFrontFence = false
    var end = 0
    for (index, range) in SourceGuard.lines(of: bytes).enumerated() {
      let line = bytes[range]
      let number = index + 1
      end = range.upperBound
      guard let first = line.first else { continue }
      if isFenced {
        if Self.mayClose(line) {
          guard first == UInt8(ascii: "`") else { return nil }
          isFenced = false
        }
        continue
      }
      guard !line.holdsDefinitionMark else { return nil }
      switch first {
      case UInt8(ascii: "`"):
        guard line.starts(with: Self.fence) else { continue }
        guard !line.dropFirst(3).contains(UInt8(ascii: "`")) else { return nil }
        isFenced = true
        hasFrontFence = hasFrontFence || steps.isEmpty
      case UInt8(ascii: "#"):
        let level = line.prefix { $0 == UInt8(ascii: "#") }.count
        guard line.dropFirst(level).first == UInt8(ascii: " "), !line.contains(UInt8(ascii: "<"))
        else { return nil }
        switch level {
        case 1:
          guard title == nil, steps.isEmpty, bytes[..<range.lowerBound].allSatisfy(Self.isBlank)
          else { return nil }
          title = line
          front.firstLine = number + 1
          front.body = bytes[min(range.upperBound + 1, bytes.count)...]
        case 2:
          close(at: range.lowerBound)
          steps.append(
            Part(
              heading: line, line: number, body: bytes[min(range.upperBound + 1, bytes.count)...],
              firstLine: number + 1))
        default: break
        }
      case UInt8(ascii: " "), 0x09...0x0D, UInt8(ascii: "<"), UInt8(ascii: "~"),
        UInt8(ascii: "="), UInt8(ascii: "-"), UInt8(ascii: "+"):
        guard Self.isHarmless(line) else { return nil }
      default: break
      }
    }
    guard !isFenced, !hasFrontFence, !steps.isEmpty else { return nil }
    close(at: end)
  }

  private static let fence = Array("```".utf8)

  private mutating func close(at end: Int) {
    if steps.isEmpty {
      front.body = front.body.prefix(upTo: max(front.body.startIndex, end))
    } else {
      let last = steps.count - 1
      steps[last].body = steps[last].body.prefix(upTo: max(steps[last].body.startIndex, end))
    }
  }

  /// Whether a line might be the end of a block of code: nothing but a fence, wherever it stands.
  private static func mayClose(_ line: ArraySlice<UInt8>) -> Bool {
    let rest = line.drop(while: isBlank)
    return rest.starts(with: fence) && rest.allSatisfy { $0 == UInt8(ascii: "`") || isBlank($0) }
  }

  /// Whether a line that might make or hide a heading does neither.
  private static func isHarmless(_ line: ArraySlice<UInt8>) -> Bool {
    let rest = line.drop(while: isBlank)
    guard let first = rest.first else { return true }
    switch first {
    case UInt8(ascii: "#"), UInt8(ascii: "<"), UInt8(ascii: "~"): return false
    case UInt8(ascii: "`"): return !rest.starts(with: fence)
    // A row of these makes a heading of the paragraph above it, or begins the document's settings.
    case UInt8(ascii: "="), UInt8(ascii: "-"), UInt8(ascii: "+"):
      return !rest.allSatisfy { $0 == first || isBlank($0) }
    default: return true
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }
}

extension Sequence<UInt8> {
  /// Whether `]:` stands in a text somewhere, as in whatever defines a link or a footnote. The
  /// standard search for a text in another one takes longer than parsing the document.
  var holdsDefinitionMark: Bool {
    var last: UInt8 = 0
    for byte in self {
      if byte == UInt8(ascii: ":"), last == UInt8(ascii: "]") { return true }
      last = byte
    }
    return false
  }
}

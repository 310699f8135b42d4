/// Divides a lesson's document at its headings without the parser, which is much faster. Documents
/// that only the parser can divide correctly are refused.
struct LessonParts {
  /// A heading and the text below it, up to the next heading.
  struct Part {
    /// The source line of the heading. Empty above the first step.
    var heading: ArraySlice<UInt8> = []
    /// The line of the heading, from 1.
    var line = 1
    /// The source below the heading.
    var body: ArraySlice<UInt8> = []
    /// The line where the body begins in the document, from 1.
    var firstLine = 1
  }

  /// The source line of the lesson's title, or nil.
  private(set) var title: ArraySlice<UInt8>?
  /// The source above the first step, without the title.
  private(set) var front = Part()
  /// The steps, at least one.
  private(set) var steps: [Part] = []

  /// Divides a document.
  ///
  /// Returns nil if the document has no title or no steps, has a fence above the first step or a
  /// link in a heading, or defines links or footnotes, which may be used in another part. Also
  /// returns nil for any line that might hide a heading, or be a heading that does not begin with
  /// `#`.
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
      guard !line.containsDefinitionMark else { return nil }
      switch first {
      case UInt8(ascii: "`"):
        guard line.starts(with: Self.fence) else { continue }
        guard !line.dropFirst(3).contains(UInt8(ascii: "`")) else { return nil }
        isFenced = true
        hasFrontFence = hasFrontFence || steps.isEmpty
      case UInt8(ascii: "#"):
        let level = line.prefix { $0 == UInt8(ascii: "#") }.count
        guard line.dropFirst(level).first == UInt8(ascii: " "), !line.contains(UInt8(ascii: "<")),
          !line.contains(UInt8(ascii: "["))
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
    guard !isFenced, !hasFrontFence, title != nil, !steps.isEmpty else { return nil }
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

  /// Whether a line may close a block of code: it contains only a fence, at any indentation.
  private static func mayClose(_ line: ArraySlice<UInt8>) -> Bool {
    let rest = line.drop(while: isBlank)
    return rest.starts(with: fence) && rest.allSatisfy { $0 == UInt8(ascii: "`") || isBlank($0) }
  }

  /// Whether a suspicious line neither makes nor hides a heading.
  private static func isHarmless(_ line: ArraySlice<UInt8>) -> Bool {
    let rest = line.drop(while: isBlank)
    guard let first = rest.first else { return true }
    switch first {
    case UInt8(ascii: "#"), UInt8(ascii: "<"), UInt8(ascii: "~"): return false
    case UInt8(ascii: "`"): return !rest.starts(with: fence)
    // A row of these makes the paragraph above it a heading, or begins the front matter.
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
  /// Whether a text contains `]:`, as in the definition of a link or a footnote. The standard
  /// library's substring search takes longer than parsing the document.
  var containsDefinitionMark: Bool {
    var last: UInt8 = 0
    for byte in self {
      if byte == UInt8(ascii: ":"), last == UInt8(ascii: "]") { return true }
      last = byte
    }
    return false
  }
}

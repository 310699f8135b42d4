/// Finds what a lesson's author would want to know before a learner does.
public struct LessonLint: Sendable {
  let neighbours: LintNeighbours
  let limits: DocumentLimits

  /// - Parameters:
  ///   - neighbours: what stands beside the documents.
  ///   - limits: how much of a document is read, as for the loader.
  public init(neighbours: LintNeighbours, limits: DocumentLimits = DocumentLimits()) {
    self.neighbours = neighbours
    self.limits = limits
  }

  /// What reading the lesson found, and what only shows beside its source, its listings and its
  /// neighbours, from top to bottom.
  /// - Parameter text: the document that the lesson was made of.
  public func diagnostics(of lesson: Lesson, text: String) -> [Diagnostic] {
    let source = SourceLines(text)
    let outline = DocumentOutline(text, limits: limits)
    let codeBlocks = lesson.blocks.flatMap(\.codeBlocks)
    let found =
      lesson.diagnostics
      + headings(of: lesson, outline)
      + code(codeBlocks, in: lesson.file, source)
      + links(of: lesson, outline, source)
    return found.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
  }

  /// Where a document stops being UTF-8; nil where all of it is.
  public static func encoding(of bytes: [UInt8], file: String) -> Diagnostic? {
    var bad: UInt8?
    let end = validPrefix(of: bytes, stoppedBy: &bad)
    guard let bad else { return nil }
    let lines = SourceGuard.lines(of: Array(bytes[..<end]))
    let hex = String(bad, radix: 16, uppercase: true)
    return Diagnostic(
      file: file, line: lines.count, column: 1 + (lines.last?.count ?? 0), severity: .error,
      message: "the byte 0x\(bad < 16 ? "0" : "")\(hex) is not UTF-8; save the file as UTF-8")
  }

  private static func validPrefix(of bytes: [UInt8], stoppedBy bad: inout UInt8?) -> Int {
    var decoder = UTF8()
    var input = bytes.makeIterator()
    var end = 0
    while true {
      switch decoder.decode(&input) {
      case .scalarValue(let scalar): end += UTF8.width(scalar)
      case .emptyInput: return end
      case .error:
        bad = bytes[end]
        return end
      }
    }
  }
}

extension Lesson {
  /// Everything the document holds, in order.
  var blocks: [Block] { introduction + steps.flatMap(\.blocks) }
}

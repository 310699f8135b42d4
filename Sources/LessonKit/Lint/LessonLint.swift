/// Finds problems in a lesson for its author.
public struct LessonLint: Sendable {
  let neighbours: LintNeighbours
  let limits: DocumentLimits

  /// Makes a lint.
  /// - Parameters:
  ///   - neighbours: The files near the documents.
  ///   - limits: The limits for a document, as for the loader.
  public init(neighbours: LintNeighbours, limits: DocumentLimits = DocumentLimits()) {
    self.neighbours = neighbours
    self.limits = limits
  }

  /// The problems of a document from top to bottom. They include those that the loader found.
  /// - Parameters:
  ///   - lessons: All lessons of the document.
  ///   - text: The document.
  public func diagnostics(of lessons: [Lesson], text: String) -> [Diagnostic] {
    guard let file = lessons.first?.file else { return [] }
    let source = SourceLines(text)
    let outline = DocumentOutline(text, limits: limits)
    let codeBlocks = lessons.flatMap { $0.blocks.flatMap(\.codeBlocks) }
    let found =
      lessons.flatMap(\.diagnostics)
      + headings(of: lessons, in: file, outline)
      + code(codeBlocks, in: file, source)
      + links(lessons.flatMap(\.links), in: file, outline, source)
    return found.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
  }

  /// The first byte of a document that is not valid UTF-8, or nil.
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
  /// All blocks of the document in order.
  var blocks: [Block] { introduction + steps.flatMap(\.blocks) }
}

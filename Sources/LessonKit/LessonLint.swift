/// Finds what a lesson's author would want to know before a learner does.
public struct LessonLint: Sendable {
  private let listings: [String: Listing]
  private let files: Set<String>

  /// - Parameters:
  ///   - listings: the code that lessons may show parts of.
  ///   - files: the names that relative links may lead to, as paths from the lessons' folder.
  public init(listings: [Listing], files: [String]) {
    self.listings = Dictionary(listings.map { ($0.name, $0) }) { first, _ in first }
    self.files = Set(files)
  }

  /// What reading the lesson found, and what only shows beside its listings and neighbours: code
  /// that is not what its listing says, and relative links that lead nowhere.
  public func diagnostics(of lesson: Lesson) -> [Diagnostic] {
    let blocks = lesson.introduction + lesson.steps.flatMap(\.blocks)
    let found =
      lesson.diagnostics
      + blocks.flatMap(\.codeBlocks).compactMap { diagnostic(of: $0, in: lesson.file) }
      + lesson.links.compactMap { diagnostic(of: $0, in: lesson.file) }
    return found.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
  }

  private func diagnostic(of code: CodeBlock, in file: String) -> Diagnostic? {
    guard code.language == "python", let name = code.listing else { return nil }
    guard let listing = listings[name] else {
      return Diagnostic(file: file, line: code.line, message: "there is no listing \(name)")
    }
    guard listing.lines(holding: code.text) == nil else { return nil }
    let strange = code.text.split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex { line in !listing.lines.contains { $0.trimmed == String(line).trimmed } }
    return Diagnostic(
      file: file, line: code.line + (strange.map { $0 + 1 } ?? 0),
      message: strange == nil
        ? "these lines stand otherwise in \(name)" : "\(name) has no such line")
  }

  private func diagnostic(of link: LinkReference, in file: String) -> Diagnostic? {
    guard let path = Self.relativePath(in: link.destination, from: file), !files.contains(path)
    else { return nil }
    return Diagnostic(
      file: file, line: link.line, column: link.column,
      message: "the link to \(link.destination) leads nowhere")
  }

  /// The path that a relative link leads to; nil for other links, which are not followed.
  static func relativePath(in destination: String, from file: String) -> String? {
    let path = destination.prefix { $0 != "#" && $0 != "?" }
    guard let first = path.first, first != "/" else { return nil }
    if let colon = path.firstIndex(of: ":"), !path[..<colon].contains("/") { return nil }
    var parts = file.split(separator: "/").dropLast().map(String.init)
    for part in path.split(separator: "/") where part != "." {
      if part == "..", parts.last.map({ $0 != ".." }) == true {
        parts.removeLast()
      } else {
        parts.append(String(part))
      }
    }
    return parts.joined(separator: "/")
  }
}

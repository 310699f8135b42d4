internal import Catalog

extension LessonLint {
  /// Code that is not what its listing says, and tabs in Python, which no two viewers indent alike.
  func code(_ blocks: [CodeBlock], in file: String, _ source: SourceLines) -> [Diagnostic] {
    var listings: [String: Listing] = [:]
    var found: [Diagnostic] = []
    var budget = Self.mostComparisons
    for block in blocks {
      if let misnamed = misnamed(block, in: file, source) { found.append(misnamed) }
      guard block.isPython else { continue }
      if let tab = tab(in: block, of: file, source) { found.append(tab) }
      guard let name = block.shownListing else { continue }
      let path = Self.relativePath(in: name, from: file) ?? name
      if listings[path] == nil, let text = neighbours.listing(path) {
        listings[path] = Listing(name: name, text: text.withLineFeeds)
      }
      guard let listing = listings[path] else {
        found.append(
          Diagnostic(
            file: file, line: block.line, column: source.indent(of: block.line),
            severity: .error, message: "there is no listing \(name) beside this document"))
        continue
      }
      budget -= listing.lines.count * (1 + block.text.utf8.count { $0 == 0x0A })
      guard budget >= 0 else {
        found.append(
          Diagnostic(
            file: file, line: block.line, severity: .error,
            message: "too much code to compare with listings; from here on none was"))
        break
      }
      if let difference = difference(of: block, from: listing, in: file, source) {
        found.append(difference)
      }
    }
    return found
  }

  /// A line of each block of a document may be held against each line of its listing so often.
  private static let mostComparisons = 1_000_000

  /// A block whose language is probably meant to be lockstep, which shows nothing to run so.
  private func misnamed(
    _ block: CodeBlock, in file: String, _ source: SourceLines
  ) -> Diagnostic? {
    guard let language = block.language, language != RunBlock.language,
      // A whole word with a slip in it, not one that only begins alike.
      language.count + 2 >= RunBlock.language.count,
      Suggestion.closest(to: language, among: [RunBlock.language]) != nil
    else { return nil }
    return Diagnostic(
      file: file, line: block.line, column: source.indent(of: block.line),
      message: "\"\(language)\" offers nothing to run; did you mean \(RunBlock.language)?")
  }

  private func tab(in block: CodeBlock, of file: String, _ source: SourceLines) -> Diagnostic? {
    let lines = block.text.withLineFeeds.split(separator: "\n", omittingEmptySubsequences: false)
    guard let index = lines.firstIndex(where: { $0.contains("\t") }) else { return nil }
    let line = block.line + index + 1
    guard let tab = source[line].firstIndex(of: 0x09) else { return nil }
    return Diagnostic(
      file: file, line: line, column: tab - source[line].startIndex + 1,
      message: "a tab in Python code; indent with spaces")
  }

  /// The first line of a block that its listing has not, where the block fits the listing best.
  private func difference(
    of block: CodeBlock, from listing: Listing, in file: String, _ source: SourceLines
  ) -> Diagnostic? {
    let text = block.text.withLineFeeds
    guard listing.lines(holding: text) == nil else { return nil }
    let wanted = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0).trimmed }
    func note(_ index: Int, _ message: String) -> Diagnostic {
      let line = block.line + 1 + index
      return Diagnostic(
        file: file, line: line, column: source.indent(of: line), severity: .error,
        message: message)
    }
    guard let start = Self.bestStart(of: wanted, in: listing) else {
      return note(0, "\(listing.name) has none of these lines")
    }
    let rest = listing.lines[start...].map(\.trimmed)
    guard let index = wanted.indices.first(where: { $0 >= rest.count || wanted[$0] != rest[$0] })
    else { return note(0, "line \(start + 1) of \(listing.name) and on are indented otherwise") }
    guard index < rest.count else {
      return note(index, "\(listing.name) ends at line \(listing.lines.count)")
    }
    func shown(_ line: String) -> String { line.isEmpty ? "empty" : "\"\(line)\"" }
    return note(
      index,
      "this line is \(shown(wanted[index])), but line \(start + index + 1) of \(listing.name) is "
        + shown(rest[index]))
  }

  /// The line, from 0, from which most of the wanted lines are found again; nil where none is.
  private static func bestStart(of wanted: [String], in listing: Listing) -> Int? {
    let lines = listing.lines.map(\.trimmed)
    let scores = lines.indices.map { start in
      zip(lines[start...], wanted).count { $0 == $1 && !$1.isEmpty }
    }
    guard let best = scores.max(), best > 0 else { return nil }
    return scores.firstIndex(of: best)
  }
}

extension CodeBlock {
  /// Whether the fence says so.
  var isPython: Bool { language == "python" || language == "py" }

  /// The Python file that the fence names, where its second word is one and not an option of some
  /// other program, such as `title="x.py"`.
  var shownListing: String? {
    guard isPython, let listing, listing.hasSuffix(".py"), !listing.contains("=") else {
      return nil
    }
    return listing
  }
}

internal import Catalog

extension LessonLint {
  /// Finds code that differs from its listing, and tabs in Python code.
  func code(_ blocks: [CodeBlock], in file: String, _ source: SourceLines) -> [Diagnostic] {
    var listings: [String: Listing] = [:]
    var found: [Diagnostic] = []
    var budget = Self.maximumComparisons
    for block in blocks {
      if let misnamed = misnamed(block, in: file, source) { found.append(misnamed) }
      guard block.isPython else { continue }
      if let tab = tab(in: block, of: file, source) { found.append(tab) }
      guard let name = block.shownListing else { continue }
      let path = Self.relativePath(in: name, from: file) ?? name
      if listings[path] == nil, let text = neighbours.listing(path) {
        listings[path] = Listing(name: name, text: text.normalizingNewlines)
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
            message: "too much code to compare with listings; the rest was not checked"))
        break
      }
      if let difference = difference(of: block, from: listing, in: file, source) {
        found.append(difference)
      }
    }
    return found
  }

  /// The most comparisons of a line of code with a line of a listing, per document.
  private static let maximumComparisons = 1_000_000

  /// Finds a block whose language is probably a misspelled `lockstep`.
  private func misnamed(
    _ block: CodeBlock, in file: String, _ source: SourceLines
  ) -> Diagnostic? {
    guard let language = block.language, language != RunBlock.language,
      // Only a misspelling counts, not a short word with the same start.
      language.count + 2 >= RunBlock.language.count,
      Suggestion.closest(to: language, among: [RunBlock.language]) != nil
    else { return nil }
    return Diagnostic(
      file: file, line: block.line, column: source.indent(of: block.line),
      message: "a \"\(language)\" block runs nothing; did you mean \(RunBlock.language)?")
  }

  private func tab(in block: CodeBlock, of file: String, _ source: SourceLines) -> Diagnostic? {
    let lines = block.text.normalizingNewlines.split(
      separator: "\n", omittingEmptySubsequences: false)
    guard let index = lines.firstIndex(where: { $0.contains("\t") }) else { return nil }
    let line = block.line + index + 1
    guard let tab = source[line].firstIndex(of: 0x09) else { return nil }
    return Diagnostic(
      file: file, line: line, column: tab - source[line].startIndex + 1,
      message: "tab in Python code; indent with spaces")
  }

  /// The first difference between a block and the best matching part of its listing.
  private func difference(
    of block: CodeBlock, from listing: Listing, in file: String, _ source: SourceLines
  ) -> Diagnostic? {
    let text = block.text.normalizingNewlines
    guard listing.lines(containing: text) == nil else { return nil }
    let blockLines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0).trimmed }
    func note(_ index: Int, _ message: String) -> Diagnostic {
      let line = block.line + 1 + index
      return Diagnostic(
        file: file, line: line, column: source.indent(of: line), severity: .error,
        message: message)
    }
    guard let start = Self.bestStart(of: blockLines, in: listing) else {
      return note(0, "\(listing.name) contains none of these lines")
    }
    let rest = listing.lines[start...].map(\.trimmed)
    guard
      let index = blockLines.indices.first(where: { $0 >= rest.count || blockLines[$0] != rest[$0] }
      )
    else { return note(0, "\(listing.name) is indented differently from line \(start + 1) on") }
    guard index < rest.count else {
      return note(index, "\(listing.name) ends at line \(listing.lines.count)")
    }
    func shown(_ line: String) -> String { line.isEmpty ? "empty" : "\"\(line)\"" }
    return note(
      index,
      "this line is \(shown(blockLines[index])), but line \(start + index + 1) of \(listing.name) is "
        + shown(rest[index]))
  }

  /// The line, from 0, where most lines of the block match, or nil if none do.
  private static func bestStart(of blockLines: [String], in listing: Listing) -> Int? {
    let lines = listing.lines.map(\.trimmed)
    let scores = lines.indices.map { start in
      zip(lines[start...], blockLines).count { $0 == $1 && !$1.isEmpty }
    }
    guard let best = scores.max(), best > 0 else { return nil }
    return scores.firstIndex(of: best)
  }
}

extension CodeBlock {
  /// The Python file that the fence names, or nil. The second word of the fence may also be an
  /// option of another program, such as `title="x.py"`.
  var shownListing: String? {
    guard isPython, let listing, listing.hasSuffix(".py"), !listing.contains("=") else {
      return nil
    }
    return listing
  }
}

/// The sections of a Markdown document that has no headings, and the steps of each section.
///
/// A section begins with a number and a stop. Inside it, short lines between blank lines are
/// headings. In a long section each numbered point with a bold term or a title is a step.
struct MarkdownOutline {
  /// A lesson or step, and the Markdown below its heading.
  struct Part {
    /// Nil for the text above the first section.
    let piece: DocumentPiece?
    /// The line of the document where the text begins, from 1.
    let firstLine: Int
    let lines: [String]
  }

  /// The line above the first section that is the title of the document, or nil.
  private(set) var title: String?
  private(set) var parts: [Part] = []
  private let lines: [String]
  private let fenced: [Bool]
  /// The text of a piece of Markdown, and the first bold term in it.
  private let reading: (String) -> (text: String, term: String?)

  /// Returns nil if the document has no sections.
  /// - Parameter reading: Reads a line of Markdown: its text, and its first bold term or nil.
  init?(_ lines: [String], reading: @escaping (String) -> (text: String, term: String?)) {
    self.lines = lines
    self.reading = reading
    fenced = MarkdownFence.covered(in: lines)
    let sections = SectionChain(lines, fenced: fenced).sections
    guard let first = sections.first else { return nil }
    addFront(..<first.line)
    let titles = titles(of: sections)
    for (index, section) in sections.enumerated() {
      let end = index + 1 < sections.count ? sections[index + 1].line : lines.count
      add(section, title: titles[index], end: withoutRule(end))
    }
  }

  // MARK: Titles

  /// The longest title, in characters.
  private static let maximumTitle = 60

  /// Adds the text above the first section. A short line alone is the title of the document.
  private mutating func addFront(_ range: PartialRangeUpTo<Int>) {
    let front = lines[range]
    let nonblank = front.indices.filter { !front[$0].isBlank }
    if let only = nonblank.first, isHeading(only) || nonblank.count == 1 && isShort(only) {
      title = reading(lines[only]).text
      parts.append(Part(piece: nil, firstLine: only + 2, lines: Array(front[(only + 1)...])))
    } else {
      parts.append(Part(piece: nil, firstLine: 1, lines: Array(front)))
    }
  }

  /// The title of each section. Sections with the same title and a program are told apart by the
  /// names that the program defines.
  private func titles(of sections: [SectionChain.Candidate]) -> [String] {
    let titles = sections.map { title(of: $0.rest) }
    let counts = Dictionary(titles.map { ($0, 1) }, uniquingKeysWith: +)
    return titles.indices.map { index in
      guard counts[titles[index]] ?? 0 > 1 else { return titles[index] }
      let end = index + 1 < sections.count ? sections[index + 1].line : lines.count
      let names = (sections[index].line..<end).compactMap { line -> String? in
        fenced[line] ? Self.definedName(lines[line]) : nil
      }
      guard !names.isEmpty else { return titles[index] }
      return titles[index] + ": " + names.prefix(2).joined(separator: ", ")
    }
  }

  /// The name of the function or class that a line of Python defines.
  private static func definedName(_ line: String) -> String? {
    let words = line.split(maxSplits: 2) { !$0.isLetter && !$0.isNumber && $0 != "_" }
    guard words.count > 1, words[0] == "def" || words[0] == "class" else { return nil }
    return String(words[1])
  }

  /// A title in a section's own words: its heading, its first bold term or its first clause.
  private func title(of markdown: String) -> String {
    let (text, term) = reading(markdown)
    if isWholeHeading(markdown) { return text.withoutFinalColon }
    if let term = term?.withoutFinalColon, !term.isEmpty, term.count <= Self.maximumTitle {
      return term.prefix(1).uppercased() + term.dropFirst()
    }
    return Self.firstClause(of: text)
  }

  /// Whether the text after a number is only a heading.
  private func isWholeHeading(_ markdown: String) -> Bool {
    let text = reading(markdown).text
    return text.count <= 90 && !text.contains(". ")
      && !(text.last.map { ".!".contains($0) } ?? true)
  }

  /// The first clause of a text, or as many of its words as a title may have.
  static func firstClause(of text: String) -> String {
    let sentence = text.firstRange(of: ". ").map { text[..<$0.lowerBound] } ?? text[...]
    if sentence.count <= maximumTitle {
      let hasStop = sentence.last == "." && !sentence.hasSuffix("..")
      return String(hasStop ? sentence.dropLast() : sentence).withoutFinalColon
    }
    var words: [Substring] = []
    var count = 0
    var clause: Int?
    for word in sentence.split(separator: " ") {
      guard count + word.count <= maximumTitle else { break }
      if count >= leastClause, clauseStarts.contains(word.lowercased()) {
        clause = clause ?? words.count
      }
      words.append(word)
      count += word.count + 1
      if count >= leastClause, ",;:".contains(word.last ?? " ") { clause = clause ?? words.count }
    }
    let shown = words.prefix(clause ?? words.count).joined(separator: " ")
    let end = shown.last.map { ",;:".contains($0) } ?? false
    return (end ? String(shown.dropLast()) : shown) + (clause == nil ? "…" : "")
  }

  /// The least length of a clause that says enough, in characters.
  private static let leastClause = 30
  private static let clauseStarts: Set<String> = [
    "because", "for", "since", "so", "that", "when", "where", "which", "while",
  ]

  // MARK: Headings inside a section

  /// Whether a line is between blank lines, or at the start or end of the document.
  private func isAlone(_ index: Int) -> Bool {
    (index == 0 || lines[index - 1].isBlank)
      && (index + 1 >= lines.count || lines[index + 1].isBlank)
  }

  private func isShort(_ index: Int) -> Bool {
    let line = lines[index]
    guard !fenced[index], line.indent == 0, line.count <= 80, line.bulletLength == nil,
      line.contains(where: \.isLetter), !"#>|<`[!".contains(line.first ?? "#")
    else { return false }
    return line.split(separator: " ").count <= 12 && !CodeShape(of: line).isPossible
  }

  /// Whether a line is a heading: short, alone, and without the end of a sentence.
  private func isHeading(_ index: Int) -> Bool {
    guard isShort(index), isAlone(index) else { return false }
    let text = reading(lines[index]).text
    guard let first = text.first, first.isUppercase || first.isNumber || !first.isCased,
      let last = text.last, !".,;!".contains(last)
    else { return false }
    // A bold line is a heading even with a colon.
    return last != ":" || Self.isBold(lines[index])
  }

  /// Whether a line is a short sentence with a colon that introduces what is below.
  private func isIntroduction(_ index: Int) -> Bool {
    isShort(index) && isAlone(index) && lines[index].trimmed.hasSuffix(":")
  }

  private static func isBold(_ line: String) -> Bool {
    let text = line.trimmed
    return text.count > 4 && text.hasPrefix("**") && text.hasSuffix("**")
  }

  /// Whether two headings end with the same two words, as "Threads fit when:" and "Processes fit
  /// when:" do.
  private func isParallel(_ heading: String, to title: String) -> Bool {
    let words = { (text: String) in text.withoutFinalColon.lowercased().split(separator: " ") }
    let (first, second) = (words(heading), words(title))
    return first.count > 2 && second.count > 2 && first.suffix(2) == second.suffix(2)
  }

  // MARK: Steps

  /// A point of a numbered list: a title or a bold term after the number.
  private struct Point {
    let line: Int
    let number: Int
    let title: String
    /// The text after the title.
    let rest: String
  }

  private func point(at index: Int) -> Point? {
    let line = lines[index]
    guard !fenced[index], line.indent < 2 else { return nil }
    let text = line.trimmed
    guard let length = text.bulletLength, let number = Int(text.prefix { $0.isNumber }) else {
      return nil
    }
    let content = String(text.dropFirst(length))
    if content.hasPrefix("**"), let end = content.dropFirst(2).firstRange(of: "**") {
      let term = reading(String(content[..<end.upperBound])).text.withoutFinalColon
      let rest = content[end.upperBound...].drop { $0 == ":" || $0.isWhitespace }
      return Point(line: index, number: number, title: "\(number). \(term)", rest: String(rest))
    }
    guard isAlone(index), isWholeHeading(content) else { return nil }
    return Point(
      line: index, number: number, title: "\(number). \(reading(content).text.withoutFinalColon)",
      rest: "")
  }

  /// The points in a range whose numbers are consecutive from 1.
  private func points(in range: Range<Int>) -> [Point] {
    var points: [Point] = []
    for index in range {
      guard let point = point(at: index), point.number == points.count + 1 else { continue }
      points.append(point)
    }
    return points.count > 1 ? points : []
  }

  /// The end of a section without the rule and the blank lines above the next one.
  private func withoutRule(_ end: Int) -> Int {
    guard let last = lines[..<end].lastIndex(where: { !$0.isBlank }) else { return end }
    return lines[last] == "***" ? last : end
  }

  private mutating func add(_ section: SectionChain.Candidate, title: String, end: Int) {
    let isHeading = isWholeHeading(section.rest)
    let start = section.line + 1
    let isLong = RoughHeight.rows(of: Array(lines[section.line..<end])) > RoughHeight.screen
    let lesson = DocumentPiece.lesson(
      title: title, number: section.number, line: section.line + 1)
    var headings = (start..<end).filter { index in
      self.isHeading(index) || isIntroduction(index) && isParallel(lines[index], to: section.rest)
    }
    let firstEnd = headings.first ?? end
    let body = (isHeading ? [""] : [section.rest]) + lines[start..<max(start, firstEnd)]
    add(
      lesson, first: section.line, body: body, points: start..<max(start, firstEnd), isLong: isLong)
    while !headings.isEmpty {
      let heading = headings.removeFirst()
      let stop = headings.first ?? end
      let title = reading(lines[heading]).text.withoutFinalColon
      add(
        .step(title: title, line: heading + 1), first: heading,
        body: [""] + lines[(heading + 1)..<stop], points: heading + 1..<stop, isLong: isLong)
    }
  }

  /// Adds a lesson or step, and in a long section a step for each of its points.
  /// - Parameters:
  ///   - first: The line of the heading.
  ///   - body: The line of the heading without the heading, and the lines below it.
  ///   - range: The lines below the heading.
  ///   - isLong: Whether the section is longer than a screen.
  private mutating func add(
    _ piece: DocumentPiece, first: Int, body: [String], points range: Range<Int>, isLong: Bool
  ) {
    let points = isLong ? points(in: range) : []
    guard let firstPoint = points.first else {
      addDivided(piece, first: first, body: body)
      return
    }
    let lead = Array(body[..<(firstPoint.line - first)])
    var rest = points[...]
    if case .step = piece, lead.allSatisfy(\.isBlank) {
      // A heading directly above the points shares a step with the first one.
      rest = rest.dropFirst()
      let stop = end(of: firstPoint, before: rest.first?.line ?? range.upperBound)
      parts.append(
        Part(piece: piece, firstLine: first + 1, lines: Array(body[..<(stop - first)])))
      addTail(stop..<(rest.first?.line ?? range.upperBound))
    } else {
      addDivided(piece, first: first, body: lead)
    }
    while let point = rest.popFirst() {
      let next = rest.first?.line ?? range.upperBound
      let stop = end(of: point, before: next)
      parts.append(
        Part(
          piece: .step(title: point.title, line: point.line + 1), firstLine: point.line + 1,
          lines: [point.rest] + Self.dedented(Array(lines[(point.line + 1)..<stop]))))
      addTail(stop..<next)
    }
  }

  /// The line after a point: the next paragraph that is not part of it, or the next point.
  private func end(of point: Point, before next: Int) -> Int {
    // The text of a point with only a title is the paragraphs below it.
    guard !point.rest.isEmpty else { return next }
    return ((point.line + 1)..<next).first { index in
      !fenced[index] && !lines[index].isBlank && lines[index - 1].isBlank
        && lines[index].indent == 0 && lines[index].bulletLength == nil
        && lines[index].first?.isLowercase != true
    } ?? next
  }

  /// Adds text below the points of a list or below a program as a step of its own.
  private mutating func addTail(_ range: Range<Int>) {
    guard let first = range.first(where: { !lines[$0].isBlank }) else { return }
    let text = reading(String(lines[first].dropFirst(lines[first].bulletLength ?? 0))).text
    let isIntroduction = isIntroduction(first)
    let title = isIntroduction ? text.withoutFinalColon : Self.firstClause(of: text)
    let body = (isIntroduction ? [""] : [lines[first]]) + lines[(first + 1)..<range.upperBound]
    addDivided(.step(title: title, line: first + 1), first: first, body: body)
  }

  /// Adds a lesson or step. One that is taller than two screens continues in another step at a line
  /// that introduces something, or at text below a program.
  private mutating func addDivided(_ piece: DocumentPiece, first: Int, body: [String]) {
    let places = body.indices.dropFirst(2)
    guard RoughHeight.rows(of: body) > 2 * RoughHeight.screen,
      let place = places.first(where: { isIntroduction(first + $0) })
        ?? places.first(where: { isBelowProgram(first + $0) })
    else {
      parts.append(Part(piece: piece, firstLine: first + 1, lines: body))
      return
    }
    parts.append(Part(piece: piece, firstLine: first + 1, lines: Array(body[..<place])))
    addTail(first + place..<first + body.count)
  }

  /// Whether a line is the first text below a program.
  private func isBelowProgram(_ index: Int) -> Bool {
    guard !fenced[index], !lines[index].isBlank, lines[index].indent == 0,
      let above = lines[..<index].lastIndex(where: { !$0.isBlank })
    else { return false }
    return fenced[above]
  }

  /// The lines without their common indentation, as far as it belongs to the item of a list.
  private static func dedented(_ lines: [String]) -> [String] {
    let indent = lines.filter { !$0.isBlank }.map(\.indent).min() ?? 0
    return indent < 2 ? lines : lines.map { String($0.dropFirst(min(indent, 4, $0.indent))) }
  }
}

/// The height of Markdown on a small screen, roughly.
enum RoughHeight {
  /// The rows of the lesson's pane on a screen of 80 columns and 24 rows.
  static let screen = 21
  /// The columns of the lesson's pane beside other panes on such a screen.
  private static let columns = 38

  static func rows(of lines: [String]) -> Int {
    var rows = 0
    var wasBlank = true
    for line in lines {
      let isBlank = line.isBlank
      if !isBlank || !wasBlank { rows += max(1, (line.count + columns - 1) / columns) }
      wasBlank = isBlank
    }
    return rows
  }
}

extension String {
  /// The text without a colon at its end.
  fileprivate var withoutFinalColon: String {
    last == ":" ? String(dropLast()).trimmed : self
  }
}

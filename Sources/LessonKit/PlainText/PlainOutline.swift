/// The title and the headings of a plain text document.
struct PlainOutline {
  enum Level: Equatable {
    /// Begins a lesson.
    case lesson
    /// Begins a step of a lesson.
    case step
    /// A heading inside a step, with the level of a Markdown heading.
    case inner(Int)
  }

  struct Heading: Equatable {
    /// The lines of the heading, including the rules above and below it.
    let lines: Range<Int>
    /// The line with the title.
    let line: Int
    let title: String
    /// The number of the heading, or nil if it has none or several parts.
    let number: Int?
    var level: Level
  }

  /// The title of the document and its lines.
  private(set) var title: (text: String, lines: Range<Int>)?
  /// All headings in order.
  private(set) var headings: [Heading] = []

  /// The look of a heading. Headings with the same look have the same level.
  private enum Kind: Hashable {
    case numbered(NumberedLine.Style)
    case underlined(Character)
    case capitals
    /// A short line between blank lines, with text below it.
    case short
    /// A line that repeats an entry of a list of contents.
    case listed
  }

  private struct Found {
    let kind: Kind
    /// The line with the title, and below it the underline or the rest of the title.
    let lines: Range<Int>
    let title: String
    var number: Int?
  }

  init(_ text: PlainText) {
    var found = Self.withoutContents(Self.marked(text), text)
    title = Self.title(of: text, &found)
    let levels = Self.levels(of: found)
    headings = found.map { heading in
      let line = heading.lines.lowerBound
      let isBoxed = heading.lines.count > 1 && line > 0 && text.lines[line - 1].ruleSign != nil
      return Heading(
        lines: (isBoxed ? line - 1 : line)..<heading.lines.upperBound, line: line,
        title: heading.title, number: heading.number,
        level: levels[heading.kind] ?? .inner(3))
    }
  }

  /// Whether the document has lessons or steps.
  var isDivided: Bool {
    headings.contains { $0.level == .lesson || $0.level == .step }
  }

  // MARK: Finding headings

  private static func marked(_ text: PlainText) -> [Found] {
    var numbered: [Int: NumberedLine] = [:]
    for heading in NumberedSections(text).headings { numbered[heading.line] = heading.numbered }
    let contents = Self.contents(of: text)
    var found: [Found] = []
    var fences = text.fences[...]
    var index = 0
    while index < text.lines.count {
      while let fence = fences.first, fence.upperBound <= index { fences.removeFirst() }
      defer { index += 1 }
      if fences.first?.contains(index) == true || text.lines[index].isBlank { continue }
      let sign = underline(below: index, in: text)
      let lines = index..<index + (sign == nil ? 1 : 2)
      let line = text.lines[index]
      if let number = numbered[index] {
        found.append(heading(number, lines, in: text))
      } else if let sign {
        found.append(Found(kind: .underlined(sign), lines: lines, title: line.text))
      } else if isCapitals(index, in: text) {
        found.append(Found(kind: .capitals, lines: lines, title: line.text))
      } else if isListed(index, contents, in: text) {
        found.append(Found(kind: .listed, lines: lines, title: line.text))
      } else if isShort(index, in: text) {
        found.append(Found(kind: .short, lines: lines, title: line.text))
      }
      if let last = found.last, last.lines.contains(index) { index = last.lines.upperBound - 1 }
    }
    return found
  }

  /// The entries of a list of contents, by their words, with the line of each: lines of a list, at
  /// least two of which are also lines of their own further down. Empty if there is none.
  private static func contents(of text: PlainText) -> [String: Int] {
    var counts: [String: Int] = [:]
    var entries: [String: Int] = [:]
    for index in text.lines.indices {
      let line = text.lines[index]
      guard !line.isBlank, line.columns <= 60, line.ruleSign == nil else { continue }
      let name = name(of: line.text)
      counts[name, default: 0] += 1
      let isInList = !text.isBlank(index - 1) || !text.isBlank(index + 1)
      if counts[name] == 1, isInList || name.count < line.text.count { entries[name] = index }
    }
    entries = entries.filter { counts[$0.key] == 2 }
    return entries.count > 1 ? entries : [:]
  }

  /// The words of an entry or a heading, without number, bullet and case.
  private static func name(of text: String) -> String {
    var words = NumberedLine.candidates(of: text).first?.title ?? text
    if let length = words.bulletLength { words = String(words.dropFirst(length)) }
    return words.lowercased()
  }

  /// Whether a line repeats an entry of a list of contents, and has text below it.
  private static func isListed(
    _ index: Int, _ contents: [String: Int], in text: PlainText
  ) -> Bool {
    let line = text.lines[index]
    guard !contents.isEmpty, text.isOpen(above: index), isTitle(line), line.bullet == nil,
      !text.shapes[index].isPossible, let below = text.nonblankLine(from: index + 1),
      let entry = contents[name(of: line.text)]
    else { return false }
    return entry < index && NumberedLine.candidates(of: text.lines[below].text).isEmpty
  }

  /// The headings without the entries of a list of contents: those that a later heading repeats, and
  /// that have no text below.
  private static func withoutContents(_ found: [Found], _ text: PlainText) -> [Found] {
    var last: [String: Int] = [:]
    for (index, heading) in found.enumerated() { last[name(of: heading.title)] = index }
    return found.indices.filter { index in
      guard last[name(of: found[index].title)] != index, index + 1 < found.count else {
        return true
      }
      let below = found[index].lines.upperBound..<found[index + 1].lines.lowerBound
      return below.contains { !text.lines[$0].isBlank && text.lines[$0].ruleSign == nil }
    }.map { found[$0] }
  }

  private static func heading(
    _ numbered: NumberedLine, _ lines: Range<Int>, in text: PlainText
  ) -> Found {
    let line = text.lines[lines.lowerBound].text
    var title = numbered.isPlainNumber ? numbered.title : line
    var lines = lines
    // "Chapter 4" with its title on the line below.
    if numbered.title.isEmpty, lines.count == 1,
      let next = text.nonblankLine(from: lines.upperBound), next <= lines.upperBound + 1,
      isTitle(text.lines[next]), text.isOpen(below: next), !text.shapes[next].isPossible
    {
      title += ": " + text.lines[next].text
      lines = lines.lowerBound..<next + 1
    }
    return Found(
      kind: .numbered(numbered.style), lines: lines, title: title,
      number: numbered.path.count == 1 ? numbered.path.first : nil)
  }

  /// The character of the line's underline, or nil.
  private static func underline(below index: Int, in text: PlainText) -> Character? {
    let line = text.lines[index]
    guard index + 1 < text.lines.count, let sign = text.lines[index + 1].ruleSign,
      line.ruleSign == nil, text.isUnderline(index + 1),
      text.isOpen(above: index) || isOverlined(index, text),
      !text.shapes[index].isCode, line.bullet == nil, !line.hasColumns
    else { return nil }
    return sign
  }

  private static func isOverlined(_ index: Int, _ text: PlainText) -> Bool {
    index > 0 && text.lines[index - 1].ruleSign != nil
  }

  private static func isCapitals(_ index: Int, in text: PlainText) -> Bool {
    let line = text.lines[index]
    guard text.isOpen(above: index), line.columns <= 70, !text.shapes[index].isPossible,
      line.bullet == nil, !line.hasColumns, !";{}=".contains(line.text.last ?? " "),
      line.text.last != ".", line.text.last != ","
    else { return false }
    let letters = line.text.filter(\.isLetter)
    guard letters.count >= 4, letters.allSatisfy(\.isUppercase), !line.isContentsEntry else {
      return false
    }
    guard let below = text.nonblankLine(from: index + 1) else { return false }
    // Adjacent lines of capitals are a table or a verse, not headings.
    return text.isOpen(below: index)
      || text.lines[below].text.contains(where: \.isLowercase)
  }

  private static func isShort(_ index: Int, in text: PlainText) -> Bool {
    let line = text.lines[index]
    guard text.isOpen(above: index), text.isOpen(below: index), isTitle(line),
      line.columns <= 60, line.indent <= text.margin, !text.shapes[index].isPossible,
      let below = text.nonblankLine(from: index + 1), !text.shapes[below].isPossible,
      text.lines[below].bullet == nil
    else { return false }
    if let above = text.lines[..<index].last(where: { !$0.isBlank }), above.text.last == ":" {
      return false
    }
    let isLong = text.lines[below].columns > 80
    return isLong || (!text.isOpen(below: below) && text.lines[below].columns >= 40)
  }

  /// Whether a line looks like a title and not like part of a sentence.
  private static func isTitle(_ line: PlainLine) -> Bool {
    guard let first = line.text.first, let last = line.text.last, line.columns <= 80 else {
      return false
    }
    return (first.isUppercase || first.isNumber || !first.isCased && first.isLetter)
      && !".,;:".contains(last) && line.text.split(separator: " ").count <= 10 && !line.hasColumns
      && !line.isContentsEntry
  }

  // MARK: The document's title

  /// The title at the top, or nil. If it is one of the headings, it is removed from them.
  private static func title(
    of text: PlainText, _ found: inout [Found]
  ) -> (text: String, lines: Range<Int>)? {
    guard let top = text.nonblankLine(from: 0) else { return nil }
    let start = text.lines[top].ruleSign == nil ? top : text.nonblankLine(from: top + 1) ?? top
    if let first = found.first, first.lines.lowerBound == start {
      if case .numbered = first.kind { return nil }
      let isUnique = !found.dropFirst().contains { $0.kind == first.kind }
      let isOverlined = start == top + 1
      guard isUnique || isOverlined || first.kind == .short else { return nil }
      found.removeFirst()
      return (first.title, top..<first.lines.upperBound)
    }
    // A title may have one or two lines below it, such as author and date.
    let block = text.lines[top...].prefix { !$0.isBlank }
    guard start == top, isTitle(text.lines[top]), block.count <= 3, text.endsEarly(top),
      block.allSatisfy({ $0.columns <= 60 && $0.bullet == nil }) || block.count == 1,
      !text.shapes[top].isPossible, text.lines[top].bullet == nil,
      text.nonblankLine(from: top + 1) != nil,
      NumberedLine.candidates(of: text.lines[top].text).isEmpty
    else { return nil }
    return (text.lines[top].text, top..<top + 1)
  }

  // MARK: Levels

  private static func levels(of found: [Found]) -> [Kind: Level] {
    var order: [Kind] = []
    var places: [Kind: (first: Int, last: Int, count: Int)] = [:]
    for heading in found {
      let line = heading.lines.lowerBound
      if let place = places[heading.kind] {
        places[heading.kind] = (place.first, line, place.count + 1)
      } else {
        order.append(heading.kind)
        places[heading.kind] = (line, line, 1)
      }
    }
    func span(_ kind: Kind) -> ClosedRange<Int> {
      places[kind].map { $0.first...$0.last } ?? 0...0
    }
    var numbered = order.filter { if case .numbered = $0 { true } else { false } }
    // A style that ends before another begins does not contain it.
    while numbered.count > 1, span(numbered[0]).upperBound < span(numbered[1]).lowerBound,
      (places[numbered[0]]?.count ?? 0) <= (places[numbered[1]]?.count ?? 0)
    {
      numbered.removeFirst()
    }
    var levels: [Kind: Level] = [:]
    // A heading with a unique look does not divide the document.
    let marked = order.filter { kind in
      switch kind {
      case .underlined, .capitals, .listed: (places[kind]?.count ?? 0) > 1
      case .numbered, .short: false
      }
    }
    let underlined = order.filter { if case .underlined = $0 { true } else { false } }
    if let top = numbered.first {
      levels[top] = .lesson
      let inside = marked.filter { kind in
        found.contains { $0.kind == kind && span(top).contains($0.lines.lowerBound) }
      }
      for kind in marked where !inside.contains(kind) { levels[kind] = .lesson }
      assign(Array(numbered.dropFirst()) + inside, from: .step, to: &levels)
    } else if marked.count > 1 {
      levels[marked[0]] = .lesson
      assign(Array(marked.dropFirst()), from: .step, to: &levels)
    } else if let only = marked.first {
      levels[only] = .step
    } else if underlined.count > 1 {
      // Each has a different underline, but all are underlined.
      for kind in underlined { levels[kind] = .step }
    } else if (places[.short]?.count ?? 0) > 1 {
      levels[.short] = .step
    }
    return levels
  }

  private static func assign(_ kinds: [Kind], from level: Level, to levels: inout [Kind: Level]) {
    for (depth, kind) in kinds.enumerated() {
      levels[kind] = depth == 0 ? level : .inner(min(6, depth + 2))
    }
  }
}

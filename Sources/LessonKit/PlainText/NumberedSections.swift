/// Finds the numbered lines of a document that are headings. Their numbers are consecutive and have
/// text below them, unlike those in a list or a table of contents.
struct NumberedSections {
  struct Heading {
    let line: Int
    let numbered: NumberedLine
  }

  /// The headings in order.
  private(set) var headings: [Heading] = []
  private let text: PlainText
  /// For each line, the number of lines before it that cannot be numbered headings.
  private var bodies: [Int] = [0]

  private struct Key: Hashable {
    let style: NumberedLine.Style
    /// The indentation of the line, or 0 if it does not matter.
    let indent: Int
  }

  fileprivate struct Chain {
    var headings: [Heading]
    var last: [Int] { headings.last?.numbered.path ?? [] }
  }

  init(_ text: PlainText) {
    self.text = text
    var places: [(key: Key, heading: Heading)] = []
    var fence = text.fences[...]
    for (index, line) in text.lines.enumerated() {
      while let first = fence.first, first.upperBound <= index { fence.removeFirst() }
      let isFenced = fence.first?.contains(index) == true
      var isBody = !line.isBlank
      if isBody, !isFenced {
        let found = line.isContentsEntry ? [] : NumberedLine.candidates(of: line.text)
        isBody = !line.isContentsEntry && !found.contains(where: \.isStructural)
        if !text.shapes[index].isCode {
          for numbered in found {
            let key = Key(style: numbered.style, indent: numbered.ignoresIndent ? 0 : line.indent)
            places.append((key, Heading(line: index, numbered: numbered)))
          }
        }
      }
      bodies.append((bodies.last ?? 0) + (isBody ? 1 : 0))
    }
    var chains: [Chain] = []
    for (_, found) in Dictionary(grouping: places, by: \.key) {
      let candidates = found.map(\.heading)
      let strict = self.chains(of: candidates, leastBody: Self.leastBody)
      // Where some sections are certain, others of the same look may be short.
      let isCertain = strict.contains { $0.headings.count > 1 }
      chains +=
        isCertain ? self.chains(of: candidates, leastBody: Self.leastBody / 4) : strict
    }
    headings = Self.consistentHeadings(of: chains)
  }

  // MARK: Possible headings

  /// The lines of one style that are not in lists.
  private func outsideLists(_ found: [Heading], _ leastBody: Int) -> [Heading] {
    var listed = Set<Int>()
    for (first, second) in zip(found, found.dropFirst())
    where Self.follows(second.numbered.path, first.numbered.path)
      && bodies[second.line] - bodies[first.line + 1] == 0
    {
      listed.formUnion([first.line, second.line])
    }
    return found.filter { !listed.contains($0.line) && mayBeHeading($0, leastBody) }
  }

  private func mayBeHeading(_ heading: Heading, _ leastBody: Int) -> Bool {
    let line = text.lines[heading.line]
    let title = heading.numbered.title
    let isWord = if case .word = heading.numbered.style { true } else { false }
    guard title.count <= 90, title.split(separator: " ").count <= 14, !line.hasColumns else {
      return false
    }
    guard isWord || title.contains(where: \.isLetter) else { return false }
    if let last = title.last, ",;".contains(last) || (last == ":" && !isWord) { return false }
    let isUnderlined =
      heading.line + 1 < text.lines.count && text.lines[heading.line + 1].ruleSign != nil
    let isOpenBelow = isUnderlined || text.isOpen(below: heading.line)
    let isAlone = isOpenBelow && text.isOpen(above: heading.line)
    // "1. Definitions." is a title, but most lines with a full stop are sentences.
    if title.last == ".", !isAlone || title.split(separator: " ").count > 9 || title.contains(". ")
    {
      return false
    }
    guard let below = text.nonblankLine(from: heading.line + (isUnderlined ? 2 : 1)) else {
      return isWord
    }
    // Text that is indented more than the document belongs to a list item.
    let isIndented = text.lines[below].indent > line.indent && text.margin <= line.indent
    if isIndented, !text.shapes[below].isPossible, !text.lines[below].hasColumns { return false }
    if isAlone { return true }
    if case .decimal(_, .bare) = heading.numbered.style { return false }
    if !isOpenBelow {
      let first = text.lines[below].text.first
      guard first?.isLowercase != true || text.shapes[below].isCode else { return false }
      guard text.lines[below].indent <= line.indent, text.endsEarly(heading.line) else {
        return false
      }
    }
    if title.first?.isLowercase == true, !isWord { return false }
    if text.isOpen(above: heading.line) {
      return text.lines[below].columns >= 40
        || hasBody(below: heading.line, columns: leastBody)
    }
    // The sentence above must end, not only its line.
    let above = text.lines[heading.line - 1]
    guard text.endsEarly(heading.line - 1) || ".?!:".contains(above.text.last ?? " ") else {
      return false
    }
    return hasBody(below: heading.line, columns: leastBody)
  }

  /// The length of the text below a heading that lost the blank lines around it, in characters.
  private static let leastBody = 60

  /// Whether a text of some length follows.
  private func hasBody(below index: Int, columns least: Int) -> Bool {
    var columns = 0
    for line in text.lines[(index + 1)...].prefix(4) {
      guard line.indent <= text.lines[index].indent || columns > 0 else { return false }
      if NumberedLine.candidates(of: line.text).contains(where: \.isStructural) { break }
      columns += line.columns
    }
    return columns >= least
  }

  // MARK: Consecutive numbers

  private func chains(of found: [Heading], leastBody: Int) -> [Chain] {
    var open: [Chain] = []
    var done: [Chain] = []
    for heading in outsideLists(found, leastBody) {
      let path = heading.numbered.path
      if let place = open.lastIndex(where: { Self.follows(path, $0.last) }) {
        done += open[(place + 1)...].filter { $0.headings.count == 1 }
        open.removeSubrange((place + 1)...)
        open[place].headings.append(heading)
      } else if let place = open.indices.last, Self.skipsOne(path, open[place].last),
        open[place].headings.count > 1, isAlone(heading)
      {
        open[place].headings.append(heading)
      } else if open.count < 64 {
        open.append(Chain(headings: [heading]))
      }
    }
    return (done + open).filter(isSound)
  }

  private func isAlone(_ heading: Heading) -> Bool {
    text.isOpen(above: heading.line) && text.isOpen(below: heading.line)
  }

  /// Whether a chain is long enough to be credible.
  private func isSound(_ chain: Chain) -> Bool {
    guard let first = chain.headings.first?.numbered, let start = first.path.last else {
      return false
    }
    if chain.headings.count == 1 { return first.path.count > 1 && start <= 1 }
    if start <= 1 { return true }
    // A part of a longer document may begin with any number.
    return chain.headings.count > 2 && chain.headings.allSatisfy(isAlone)
  }

  /// Whether a number follows another: 3 after 2, or 2.1 after 1.4.
  private static func follows(_ path: [Int], _ last: [Int]) -> Bool {
    guard path.count == last.count, let end = path.last, let lastEnd = last.last else {
      return false
    }
    if path.dropLast() == last.dropLast() { return end == lastEnd + 1 }
    return end <= 1 && last.dropLast().lexicographicallyPrecedes(path.dropLast())
  }

  private static func skipsOne(_ path: [Int], _ last: [Int]) -> Bool {
    guard path.count == last.count, let end = path.last, let lastEnd = last.last else {
      return false
    }
    return path.dropLast() == last.dropLast() && end == lastEnd + 2
  }

  /// The most chains to consider. No real outline has more.
  private static let maximumChains = 500

  /// The headings of the chains that are consistent with each other.
  private static func consistentHeadings(of chains: [Chain]) -> [Heading] {
    let sorted = chains.sorted { ($0.headings.first?.line ?? 0) < ($1.headings.first?.line ?? 0) }
      .prefix(maximumChains)
    var kept: [Chain] = []
    for (index, chain) in sorted.enumerated() {
      // A table of contents repeats later headings.
      let later = sorted[(index + 1)...].first { $0.style == chain.style }
      if let later, later.repeats(chain) { continue }
      guard let before = kept.last(where: { $0.style == chain.style }) else {
        kept.append(chain)
        continue
      }
      guard let start = chain.headings.first?.line, let end = before.headings.last?.line else {
        continue
      }
      // Chains that interleave are not parts of one outline.
      guard end < start else { continue }
      // Numbers may restart below another heading. Otherwise they are a list.
      let isBelowAnother = kept.contains { other in
        other.style != chain.style && other.headings.contains { (end..<start).contains($0.line) }
      }
      if isBelowAnother { kept.append(chain) }
    }
    var seen = Set<Int>()
    // A line may have two readings. The longer chain wins.
    let all = kept.sorted { $0.headings.count > $1.headings.count }.flatMap(\.headings)
    let single = all.filter { seen.insert($0.line).inserted }
    let topLevel = Set(single.filter { $0.numbered.path.count == 1 }.map { $0.numbered.path })
    let lone = Set(chains.filter { $0.headings.count == 1 }.flatMap { $0.headings.map(\.line) })
    return single.filter {
      !lone.contains($0.line) || topLevel.contains(Array($0.numbered.path.prefix(1)))
    }.sorted { $0.line < $1.line }
  }
}

fileprivate extension NumberedSections.Chain {
  var style: NumberedLine.Style? { headings.first?.numbered.style }

  /// Whether this chain repeats most titles of another.
  func repeats(_ other: NumberedSections.Chain) -> Bool {
    let titles = Set(headings.map { $0.numbered.title.lowercased() })
    let repeated = other.headings.count { titles.contains($0.numbered.title.lowercased()) }
    return repeated * 2 > other.headings.count
  }
}

extension NumberedLine {
  /// Whether headings and tables of contents usually have this style, and lists do not.
  fileprivate var isStructural: Bool {
    switch style {
    case .decimal(_, let mark): mark == .dot || mark == .bare
    case .word: true
    case .roman, .letter: false
    }
  }

  /// Whether the indentation of the line does not matter.
  fileprivate var ignoresIndent: Bool {
    switch style {
    case .decimal(let parts, _): parts > 1
    case .word: true
    case .roman, .letter: false
    }
  }
}

/// Finds what an exported document repeats on each page: headers, footers, page numbers.
struct PageFurniture {
  /// The indices of the lines that are furniture.
  private(set) var lines: Set<Int> = []
  private let document: PlainPages

  /// How many lines at either end of a page may be furniture.
  private static let depth = 3

  init(_ document: PlainPages) {
    self.document = document
    if document.pages.count > 1 { findAtEdges() }
    findPageNumbers()
    findCounting()
    findNeighbours()
    // What opens the document is its title, though later pages repeat it.
    if let top = document.lines.firstIndex(where: { !$0.isBlank }) { lines.remove(top) }
  }

  private struct Edge: Hashable {
    let isTop: Bool
    let shape: String
  }

  /// What stands at the same end of several pages, numbers aside.
  private mutating func findAtEdges() {
    var places: [Edge: [(page: Int, line: Int)]] = [:]
    for (page, range) in document.pages.enumerated() {
      let inked = range.filter { !document.lines[$0].isBlank }
      for (isTop, indices) in [
        (true, inked.prefix(Self.depth)), (false, inked.suffix(Self.depth)),
      ] {
        for line in indices {
          let text = document.lines[line].text
          guard text.utf8.count <= 200 else { continue }
          places[Edge(isTop: isTop, shape: Self.shape(text)), default: []].append((page, line))
        }
      }
    }
    let enough = max(2, min(3, document.pages.count / 2))
    for (edge, found) in places {
      let pages = Set(found.map(\.page))
      let isNeighbour = found.contains { pages.contains($0.page + 1) }
      let isRepeated = pages.count >= enough || (pages.count == 2 && isNeighbour)
      guard isRepeated, Self.mayBeFurniture(edge.shape, document.lines[found[0].line].text) else {
        continue
      }
      lines.formUnion(found.map(\.line))
    }
  }

  private static func mayBeFurniture(_ shape: String, _ text: String) -> Bool {
    if pageNumber(of: text) != nil { return true }
    guard shape.contains(where: \.isLetter), !CodeShape(of: text).isPossible else {
      return false
    }
    // A section's heading has another number on every page; a page's header says the same.
    return NumberedLine.candidates(of: text).isEmpty || !shape.contains("#")
  }

  /// The text with each number made one sign, and runs of spaces one space.
  private static func shape(_ text: String) -> String {
    var shape = ""
    for character in text {
      let next: Character =
        character.isWholeNumber ? "#" : character.isWhitespace ? " " : character
      if next != "#" && next != " " || shape.last != next { shape.append(next) }
    }
    return shape
  }

  /// Lines that are a page's number and nothing else: "Page 3 of 40", and a lone number where
  /// they count the pages on.
  private mutating func findPageNumbers() {
    var said: [(line: Int, number: Int)] = []
    var lone: [(line: Int, number: Int)] = []
    let edges = Set(document.pages.flatMap { pageEdges($0) })
    for index in document.lines.indices {
      let text = document.lines[index].text
      guard text.utf8.count <= 40, let found = Self.pageNumber(of: text) else { continue }
      if found.isSaid {
        said.append((index, found.number))
      } else if edges.contains(index) || stands(alone: index) {
        lone.append((index, found.number))
      }
    }
    if said.count > 1 { lines.formUnion(said.map(\.line)) }
    guard lone.count > 2 || (document.pages.count > 1 && lone.count > 1) else { return }
    // A number that counts a page is far from the one before; a column of figures is not.
    for (before, after) in zip(lone, lone.dropFirst())
    where after.number == before.number + 1
      && (after.line - before.line >= 12 || edges.contains(after.line))
    {
      lines.formUnion([before.line, after.line])
    }
  }

  private struct Counted: Hashable {
    let shape: String
    /// A number sign that was typed looks as a number does in the shape, but counts nothing.
    let numbers: Int
  }

  /// Lines that say the same but for one number, and count pages on with it.
  private mutating func findCounting() {
    var places: [Counted: [Int]] = [:]
    for (index, line) in document.lines.enumerated()
    where line.columns <= 120 && line.text.contains(where: \.isWholeNumber)
      && line.text.contains(where: \.isLetter) && line.bullet == nil
    {
      let count = Self.numbers(in: line.text).count
      places[Counted(shape: Self.shape(line.text), numbers: count), default: []].append(index)
    }
    for (counted, found) in places where found.count > 1 {
      let isSaid = counted.shape.lowercased().contains("page #")
      guard
        isSaid || (found.count > 2 && zip(found, found.dropFirst()).allSatisfy { $1 - $0 > 11 }),
        !CodeShape(of: document.lines[found[0]].text).isCode,
        isSaid || NumberedLine.candidates(of: document.lines[found[0]].text).isEmpty
      else { continue }
      let numbers = found.map { Self.numbers(in: document.lines[$0].text) }
      let isCounting = numbers[0].indices.contains { place in
        zip(numbers, numbers.dropFirst()).allSatisfy { $1[place] == $0[place] + 1 }
      }
      if isCounting { lines.formUnion(found) }
    }
  }

  private static func numbers(in text: String) -> [Int] {
    text.split { !$0.isWholeNumber }.map { Int($0.prefix(9)) ?? 0 }
  }

  /// What stands beside most page numbers, where the pages themselves are not parted.
  private mutating func findNeighbours() {
    for step in [-1, 1] {
      var beside: [String: Set<Int>] = [:]
      for line in lines {
        var index = line + step
        var blanks = 0
        while document.lines.indices.contains(index), blanks < 4,
          document.lines[index].isBlank || lines.contains(index)
        {
          index += step
          blanks += 1
        }
        guard document.lines.indices.contains(index), !document.lines[index].isBlank,
          document.lines[index].columns <= 120
        else { continue }
        beside[Self.shape(document.lines[index].text), default: []].insert(index)
      }
      for (shape, found) in beside where found.count > 1 && found.count * 4 >= lines.count {
        guard let first = found.first else { continue }
        if Self.mayBeFurniture(shape, document.lines[first].text) { lines.formUnion(found) }
      }
    }
  }

  private func stands(alone index: Int) -> Bool {
    (index == 0 || document.lines[index - 1].isBlank)
      && (index + 1 == document.lines.count || document.lines[index + 1].isBlank)
  }

  /// The first and the last line with text of a page; none where there are no page breaks.
  private func pageEdges(_ range: Range<Int>) -> [Int] {
    guard document.pages.count > 1 else { return [] }
    let first = range.first { !document.lines[$0].isBlank }
    let last = range.last { !document.lines[$0].isBlank }
    return [first, last].compactMap { $0 }
  }

  /// The number of a line such as "Page 3 of 40", "- 3 -" or "3".
  private static func pageNumber(of text: String) -> (number: Int, isSaid: Bool)? {
    var words = text.split { $0.isWhitespace || "-–—|[]/".contains($0) }[...]
    guard words.count <= 4, let first = words.first else { return nil }
    let isSaid = ["page", "p.", "seite", "pagina", "página"].contains(first.lowercased())
    if isSaid { words.removeFirst() }
    guard let digits = words.popFirst(), digits.count <= 5, let number = Int(digits), number >= 0
    else { return nil }
    if let word = words.first, ["of", "von", "de", "sur"].contains(word) { words.removeFirst() }
    let isCounted = words.count == 1 && words.first.flatMap { Int($0) } != nil
    guard words.isEmpty || isCounted else { return nil }
    // "3/4" might be a fraction, and "3-4" a range.
    guard isSaid || !isCounted || text.contains(" of ") else { return nil }
    return (number, isSaid || isCounted)
  }
}

/// The lines that make up a document's text, with the furniture of its pages beside them.
enum PlainFlow {
  static func lines(of text: String) -> [PlainLine] {
    let document = PlainPages(text)
    let furniture = PageFurniture(document).lines
    let starts = Set(document.pages.dropFirst().map(\.lowerBound))
    var flow: [PlainLine] = []
    var asides: [String] = []
    var isAfterPageBreak = false
    for (index, line) in document.lines.enumerated() {
      if starts.contains(index) { isAfterPageBreak = true }
      if furniture.contains(index) {
        asides.append(line.text)
        isAfterPageBreak = true
        continue
      }
      var line = line
      if !line.isBlank {
        (line.asides, line.isAfterPageBreak) = (asides, isAfterPageBreak)
        (asides, isAfterPageBreak) = ([], false)
      }
      flow.append(line)
    }
    if !asides.isEmpty {
      var last = PlainLine(text: "", indent: 0, number: document.lines.count)
      last.asides = asides
      flow.append(last)
    }
    return flow
  }
}

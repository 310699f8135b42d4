/// Finds the headers, footers and page numbers that an exported document repeats on each page.
struct PageFurniture {
  /// The indices of the lines that are furniture.
  private(set) var lines: Set<Int> = []
  private let document: PlainPages

  /// The most lines of furniture at each end of a page.
  private static let depth = 3

  init(_ document: PlainPages) {
    self.document = document
    if document.pages.count > 1 { findAtEdges() }
    findPageNumbers()
    findCounting()
    findNeighbours()
    // The first line is the title of the document, even if later pages repeat it.
    if let top = document.lines.firstIndex(where: { !$0.isBlank }) { lines.remove(top) }
  }

  private struct Edge: Hashable {
    let isTop: Bool
    let shape: String
  }

  /// Finds lines that repeat at the same end of several pages, apart from their numbers.
  private mutating func findAtEdges() {
    var places: [Edge: [(page: Int, line: Int)]] = [:]
    for (page, range) in document.pages.enumerated() {
      let nonblank = range.filter { !document.lines[$0].isBlank }
      for (isTop, indices) in [
        (true, nonblank.prefix(Self.depth)), (false, nonblank.suffix(Self.depth)),
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
    // A section heading has a different number on each page. A page header has the same.
    return NumberedLine.candidates(of: text).isEmpty || !shape.contains("#")
  }

  /// The text with "#" for each number and one space for each run of spaces.
  private static func shape(_ text: String) -> String {
    var shape = ""
    for character in text {
      let next: Character =
        character.isWholeNumber ? "#" : character.isWhitespace ? " " : character
      if next != "#" && next != " " || shape.last != next { shape.append(next) }
    }
    return shape
  }

  /// Finds lines that are only a page number: "Page 3 of 40", or lone numbers that count up.
  private mutating func findPageNumbers() {
    var explicit: [(line: Int, number: Int)] = []
    var lone: [(line: Int, number: Int)] = []
    let edges = Set(document.pages.flatMap { pageEdges($0) })
    for index in document.lines.indices {
      let text = document.lines[index].text
      guard text.utf8.count <= 40, let found = Self.pageNumber(of: text) else { continue }
      if found.isExplicit {
        explicit.append((index, found.number))
      } else if edges.contains(index) || isBetweenBlanks(index) {
        lone.append((index, found.number))
      }
    }
    if explicit.count > 1 { lines.formUnion(explicit.map(\.line)) }
    guard lone.count > 2 || (document.pages.count > 1 && lone.count > 1) else { return }
    // Page numbers are far apart, unlike a column of figures.
    for (before, after) in zip(lone, lone.dropFirst())
    where after.number == before.number + 1
      && (after.line - before.line >= 12 || edges.contains(after.line))
    {
      lines.formUnion([before.line, after.line])
    }
  }

  private struct Counted: Hashable {
    let shape: String
    /// The number of numbers. In the shape, a "#" in the text looks like a number.
    let numbers: Int
  }

  /// Finds lines that are the same except for a number that counts up.
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
      let isExplicit = counted.shape.lowercased().contains("page #")
      guard
        isExplicit
          || (found.count > 2 && zip(found, found.dropFirst()).allSatisfy { $1 - $0 > 11 }),
        !CodeShape(of: document.lines[found[0]].text).isCode,
        isExplicit || NumberedLine.candidates(of: document.lines[found[0]].text).isEmpty
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

  /// Finds lines next to most page numbers, for documents without form feeds.
  private mutating func findNeighbours() {
    for step in [-1, 1] {
      var neighbours: [String: Set<Int>] = [:]
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
        neighbours[Self.shape(document.lines[index].text), default: []].insert(index)
      }
      for (shape, found) in neighbours where found.count > 1 && found.count * 4 >= lines.count {
        guard let first = found.first else { continue }
        if Self.mayBeFurniture(shape, document.lines[first].text) { lines.formUnion(found) }
      }
    }
  }

  private func isBetweenBlanks(_ index: Int) -> Bool {
    (index == 0 || document.lines[index - 1].isBlank)
      && (index + 1 == document.lines.count || document.lines[index + 1].isBlank)
  }

  /// The first and last nonblank lines of a page. Empty for a document without page breaks.
  private func pageEdges(_ range: Range<Int>) -> [Int] {
    guard document.pages.count > 1 else { return [] }
    let first = range.first { !document.lines[$0].isBlank }
    let last = range.last { !document.lines[$0].isBlank }
    return [first, last].compactMap { $0 }
  }

  /// The page number in a line such as "Page 3 of 40", "- 3 -" or "3", or nil.
  private static func pageNumber(of text: String) -> (number: Int, isExplicit: Bool)? {
    var words = text.split { $0.isWhitespace || "-–—|[]/".contains($0) }[...]
    guard words.count <= 4, let first = words.first else { return nil }
    let hasWord = ["page", "p.", "seite", "pagina", "página"].contains(first.lowercased())
    if hasWord { words.removeFirst() }
    guard let digits = words.popFirst(), digits.count <= 5, let number = Int(digits), number >= 0
    else { return nil }
    if let word = words.first, ["of", "von", "de", "sur"].contains(word) { words.removeFirst() }
    let hasTotal = words.count == 1 && words.first.flatMap { Int($0) } != nil
    guard words.isEmpty || hasTotal else { return nil }
    // "3/4" might be a fraction, and "3-4" a range.
    guard hasWord || !hasTotal || text.contains(" of ") else { return nil }
    return (number, hasWord || hasTotal)
  }
}

/// The lines of a document, with page furniture moved into the asides of the next line.
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

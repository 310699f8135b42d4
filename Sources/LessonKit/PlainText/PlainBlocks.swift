/// Makes blocks from the lines between two headings of a plain text document. The blocks contain
/// all words in order.
struct PlainBlocks {
  let text: PlainText
  private(set) var blocks: [(block: Block, line: Int)] = []
  /// The next line to read.
  var index: Int
  let end: Int
  /// The end of the last indented block that was judged. It is judged once, since it may be long.
  var judgedEnd = 0
  let start: Int
  /// The number of lists and quotes around these lines.
  private let depth: Int
  /// The fenced ranges by their first lines.
  let fences: [Int: Range<Int>]
  /// For each line, the next line with triple quotes.
  private let quotes: [Int]
  /// For each line, whether only comments and blank lines are between it and code below.
  private let leadsToCode: [Bool]

  private static let maximumDepth = 8

  /// The blocks of some of a document's lines.
  static func blocks(
    of text: PlainText, in range: Range<Int>, depth: Int = 0
  ) -> [(block: Block, line: Int)] {
    var reader = PlainBlocks(text, range, depth)
    while reader.index < reader.end { reader.next() }
    return reader.blocks
  }

  private init(_ text: PlainText, _ range: Range<Int>, _ depth: Int) {
    self.text = text
    self.depth = depth
    index = range.lowerBound
    end = range.upperBound
    fences = Dictionary(
      text.fences.filter { range.contains($0.lowerBound) && $0.upperBound <= range.upperBound }
        .map { ($0.lowerBound, $0) }, uniquingKeysWith: { first, _ in first })
    var quotes = [Int](repeating: .max, count: range.count + 1)
    var leads = [Bool](repeating: false, count: range.count + 1)
    for place in range.indices.reversed() {
      let offset = place - range.lowerBound
      let line = text.lines[place].text
      let hasQuotes = line.contains("\"\"\"") || line.contains("'''")
      quotes[offset] = hasQuotes ? place : quotes[offset + 1]
      leads[offset] =
        switch text.shapes[place] {
        case .certain, .possible: true
        case .comment: leads[offset + 1]
        case .prose: line.isEmpty && leads[offset + 1]
        }
    }
    self.quotes = quotes
    leadsToCode = leads
    start = range.lowerBound
  }

  func leads(_ index: Int) -> Bool { leadsToCode[index - start] }
  func nextQuotes(from index: Int) -> Int { quotes[min(index, end) - start] }

  mutating func add(_ block: Block, at line: Int) {
    blocks.append((block, text.lines[line].number))
  }

  private mutating func next() {
    let line = text.lines[index]
    addAsides(of: index)
    if line.isBlank {
      index += 1
    } else if let fence = fences[index] {
      fenced(fence)
    } else if let region = indentedRegion() {
      verbatim(region)
    } else if let figure = figureWithMarks {
      verbatim(figure)
    } else if startsCode(at: index) {
      code()
    } else if line.text.hasPrefix(">"), depth < Self.maximumDepth {
      quote()
    } else if line.ruleSign != nil, text.isSeparator(index) || index + 1 == end {
      add(.rule, at: index)
      index += 1
    } else if depth < Self.maximumDepth, let list = PlainList(text, from: index, to: end) {
      add(list.block(depth: depth), at: index)
      index = list.end
    } else {
      textBlock()
    }
  }

  /// Adds the page furniture above a line as a block of its own.
  private mutating func addAsides(of index: Int) {
    let asides = text.lines[index].asides
    if !asides.isEmpty { add(.html(asides.joined(separator: "\n")), at: index) }
  }

  // MARK: Code

  private mutating func fenced(_ fence: Range<Int>) {
    let open = text.lines[fence.lowerBound]
    let info = open.text.drop { $0 == "`" || $0 == "~" }.split { $0.isWhitespace }
    let inside = (fence.lowerBound + 1)..<(fence.upperBound - 1)
    let code = CodeLines(inside.map { text.lines[$0] }, fenceMargin: open.indent)
    add(
      .code(
        CodeBlock(
          language: info.first.map(String.init),
          listing: info.count > 1 ? String(info[1]) : nil, text: code.text, line: open.number,
          asides: code.asides)), at: fence.lowerBound)
    addAsides(of: fence.upperBound - 1)
    index = fence.upperBound
  }

  private mutating func code() {
    // Keep only the result, because the region holds a copy of the blocks so far.
    let region = CodeRegion(self).found
    let code = CodeLines(region.lines.map { text.lines[$0] })
    let line = text.lines[index].number
    add(
      .code(
        CodeBlock(
          language: region.language, text: code.text, line: line, asides: code.asides)),
      at: index)
    index = region.lines.upperBound
  }

  /// Whether code begins on a line that starts a block.
  func startsCode(at index: Int) -> Bool {
    switch text.shapes[index] {
    case .certain: return true
    case .prose: return startsDocstring(at: index)
    case .comment: return leads(index) && followsSoon(index)
    case .possible:
      guard let next = text.nonblankLine(from: index + 1), next < end else { return false }
      return next == index + 1 && (text.shapes[next].isCode || text.lines[next].text == "{")
    }
  }

  private func followsSoon(_ index: Int) -> Bool {
    guard let next = text.nonblankLine(from: index + 1), next < end else { return false }
    return next <= index + 3
  }

  private func startsDocstring(at index: Int) -> Bool {
    let line = text.lines[index].text
    guard line.hasPrefix("\"\"\"") || line.hasPrefix("'''") else { return false }
    return line.dropFirst(3).contains("\"\"\"") || nextQuotes(from: index + 1) < end
  }

  // MARK: Text

  private mutating func quote() {
    var stop = index
    while stop < end, text.lines[stop].text.hasPrefix(">") { stop += 1 }
    let inside = text.lines[index..<stop].enumerated().map { place, line in
      var inner = line.inside(margin: 0, dropping: 1)
      if place == 0 { inner.asides = [] }
      return inner
    }
    let quoted = PlainText(lines: inside, lineLength: text.lineLength)
    let blocks = Self.blocks(of: quoted, in: 0..<inside.count, depth: depth + 1)
    add(.quote(blocks.map(\.block)), at: index)
    index = stop
  }

  /// Reads a run of nonblank lines: a paragraph, separate lines, or a table.
  private mutating func textBlock() {
    var stop = index + 1
    while stop < end, !text.isBlank(stop), !beginsAnother(at: stop) { stop += 1 }
    let lines = text.lines[index..<stop]
    let isIndented = lines.allSatisfy { $0.indent >= text.margin + 4 }
    if Self.isAligned(lines) || Self.isFigure(lines) || (isIndented && !Self.isProse(lines)) {
      let code = CodeLines(Array(lines))
      add(
        .code(
          CodeBlock(
            language: nil, text: code.text, line: text.lines[index].number, asides: code.asides)),
        at: index)
    } else {
      // List items are indented, and their line breaks seldom have a meaning.
      var paragraph = PlainParagraph(lineLength: text.lineLength, slack: depth == 0 ? 8 : 24)
      paragraph.append(lines)
      // A page break may be in the middle of a sentence.
      while stop < end, let next = text.nonblankLine(from: stop), next < end,
        text.lines[next].isAfterPageBreak, paragraph.continues(with: text.lines[next]),
        !beginsAnother(at: next)
      {
        var last = next + 1
        while last < end, !text.isBlank(last), !beginsAnother(at: last) { last += 1 }
        let more = text.lines[next..<last]
        guard !Self.isAligned(more), !Self.isFigure(more) else { break }
        paragraph.append(more)
        stop = last
      }
      add(.paragraph(paragraph.inlines), at: index)
    }
    index = stop
  }

  /// Whether something other than prose begins on a line inside a run of lines.
  private func beginsAnother(at index: Int) -> Bool {
    let line = text.lines[index]
    if fences[index] != nil || line.text.hasPrefix("> ") || text.isSeparator(index)
      || isIntroduced(at: index)
    {
      return true
    }
    if line.bullet != nil { return PlainList(text, from: index, to: end, isCertain: false) != nil }
    if NumberedLine.candidates(of: line.text).first?.isListed == true {
      return PlainList.beginsNumbered(text, at: index, end)
    }
    guard text.shapes[index].isCode else { return false }
    // One line of a sentence may look like code, but two lines rarely do.
    let before = text.lines[index - 1].text
    return before.hasSuffix(":")
      || (index + 1 < end && text.shapes[index + 1].isPossible
        && text.shapes[index + 1] != .comment)
      || text.isBlank(index + 1) && ".?!".contains(before.last ?? " ")
  }

  /// Whether the lines have aligned columns, separated by two spaces or more.
  static func isAligned(_ lines: ArraySlice<PlainLine>) -> Bool {
    let lines = lines.prefix(200)
    guard lines.count > 1 || lines.first?.isContentsEntry == true else { return false }
    let entries = lines.count(where: \.isContentsEntry)
    if entries * 2 > lines.count { return true }
    let drawn = lines.count { line in
      line.text.first.map { "|+┌│├└".contains($0) } == true && line.columns > 1
    }
    if drawn * 2 > lines.count { return true }
    var places: [Int: Int] = [:]
    for line in lines where line.columns <= 300 {
      for place in Set(line.fieldStarts) { places[place, default: 0] += 1 }
    }
    let shared = places.values.max() ?? 0
    return shared >= 2 && shared * 5 >= lines.count * 3
  }

  /// Whether indented lines are sentences.
  static func isProse(_ lines: ArraySlice<PlainLine>) -> Bool {
    let lines = lines.prefix(20)
    let words = lines.reduce(0) { $0 + $1.text.split(separator: " ").count }
    let letters = lines.reduce(0) { $0 + $1.text.count { $0.isLetter || $0 == " " } }
    let all = lines.reduce(0) { $0 + $1.columns }
    return words >= lines.count * 5 && letters * 100 >= all * 88
  }
}

extension NumberedLine {
  /// Whether lines with such numbers can be a list.
  var isListed: Bool {
    if case .decimal(1, let mark) = style { mark != .bare } else { false }
  }
}

extension PlainLine {
  /// The columns where a field begins after two spaces or more, except after a sentence.
  fileprivate var fieldStarts: [Int] {
    var starts: [Int] = []
    var column = indent
    var spaces = 0
    var last: Character = " "
    for character in text {
      if character == " " || character == "\t" {
        spaces += character == "\t" ? 2 : 1
      } else {
        if spaces > 1, !".?!:".contains(last) || spaces > 3 { starts.append(column) }
        spaces = 0
        last = character
      }
      column += 1
    }
    return starts
  }
}

internal import Catalog
internal import LessonKit
internal import LessonViews
internal import Screen
internal import Trace
internal import Tutor

/// A step's blocks as lines that make sense read one after the other.
struct SpokenBlocks {
  let model: Model
  /// Whether lines of code are numbered.
  var numbersLines = false
  /// How many runnable blocks were said.
  private var runs = 0
  /// How deep the lists are nested here.
  private var depth = 0

  init(model: Model, numbersLines: Bool = false) {
    self.model = model
    self.numbersLines = numbersLines
  }

  /// The whole of the step that is open.
  mutating func step() -> [SpokenLine] {
    guard let lesson = model.lesson, let step = model.step else {
      return [SpokenLine("There are no lessons here.")]
    }
    var parts: [[SpokenLine]] = []
    if model.place.step == 0 {
      parts += self.parts(lesson.introduction)
    }
    parts += self.parts(step.blocks)
    return Self.joined(parts)
  }

  /// Parts with an empty line between each two.
  static func joined(_ parts: [[SpokenLine]]) -> [SpokenLine] {
    Array(parts.joined(separator: [.blank]))
  }

  private mutating func parts(_ blocks: [Block]) -> [[SpokenLine]] {
    var parts: [[SpokenLine]] = []
    for block in blocks {
      let lines = lines(block)
      if !lines.isEmpty { parts.append(lines) }
    }
    return parts
  }

  private mutating func lines(_ blocks: [Block]) -> [SpokenLine] { parts(blocks).flatMap { $0 } }

  private mutating func lines(_ block: Block) -> [SpokenLine] {
    switch block {
    case .heading(_, let text): Self.lines("Heading: " + Narrator.closed(SpokenInline.text(text)))
    case .paragraph(let text): Self.lines(SpokenInline.text(text))
    case .code(let code): self.code(code)
    case .run(let run): self.run(run)
    case .list(let start, _, let items): list(start, items)
    case .quote(let blocks): framed("Quote", lines(blocks))
    case .question(let blocks): framed("Question", lines(Self.withoutLead(blocks)))
    case .table(let table): SpokenTable.lines(table)
    case .rule: [SpokenLine("Section break.")]
    case .html(let text): Self.lines(text)
    case .notice(let text): Self.lines("Note on the document: " + Narrator.closed(text))
    case .footnote(let label, let blocks): prefixed("Footnote \(label): ", lines(blocks))
    }
  }

  /// A text as the lines that its author broke it into.
  static func lines(_ text: String) -> [SpokenLine] {
    text.split(separator: "\n", omittingEmptySubsequences: true).map {
      SpokenLine($0.trimmed)
    }
  }

  /// What is said before the first line belongs to it.
  private func prefixed(_ prefix: String, _ lines: [SpokenLine]) -> [SpokenLine] {
    guard let first = lines.first, first.kind == .text else { return [SpokenLine(prefix)] + lines }
    return [SpokenLine(prefix + first.text)] + lines.dropFirst()
  }

  /// What is more than a line says where it ends.
  private func framed(_ name: String, _ lines: [SpokenLine]) -> [SpokenLine] {
    let told = prefixed("\(name): ", lines)
    return told.count > 1 ? told + [SpokenLine("End of \(name.lowercased()).")] : told
  }

  /// The bold words that only say that it is a question; an author may also ask with them.
  private static let lead = "before you run it:"

  /// The blocks without the bold words of the lead.
  private static func withoutLead(_ blocks: [Block]) -> [Block] {
    guard case .paragraph(var inlines) = blocks.first, case .strong(let words) = inlines.first,
      SpokenInline.line(words).trimmed.lowercased() == lead
    else { return blocks }
    inlines.removeFirst()
    if case .text(let text) = inlines.first {
      inlines[0] = .text(String(text.drop { $0 == " " }))
    } else if inlines.first == .softBreak {
      inlines.removeFirst()
    }
    return [.paragraph(inlines)] + blocks.dropFirst()
  }

  private mutating func list(_ start: Int?, _ items: [ListItem]) -> [SpokenLine] {
    depth += 1
    defer { depth -= 1 }
    var lines: [SpokenLine] = []
    for (index, item) in items.enumerated() {
      let inner = self.lines(item.blocks)
      var prefix = depth > 1 ? "Level \(depth), " : ""
      switch (item.isDone, start) {
      case (true?, _): prefix += "done: "
      case (false?, _): prefix += "to do: "
      case (nil, nil): prefix += "item \(index + 1) of \(items.count): "
      case (nil, let start?): prefix += "number \(start + index): "
      }
      lines += prefixed(prefix.prefix(1).uppercased() + prefix.dropFirst(), inner)
    }
    return lines
  }

  private func code(_ code: CodeBlock) -> [SpokenLine] {
    // PythonText takes off the margin that all lines have.
    Self.code(
      PythonText.lines(of: code).map(\.plain), language: code.language, file: code.listing,
      numbersLines: numbersLines)
      // A page's header or footer in the middle of code would be taken for a part of it.
      + code.asides.map {
        let words = $0.text.trimmed
        return SpokenLine(Narrator.closed("On the page, beside the code: \(words)"))
      }
  }

  /// Code with a sentence before it that says what and how long it is.
  static func code(
    _ lines: [String], language: String?, file: String?, numbersLines: Bool
  ) -> [SpokenLine] {
    var words = ["Code"]
    if let language { words.append(language == "py" ? "Python" : capitalized(language)) }
    if let file { words.append("from \(file)") }
    words.append(lines.count == 1 ? "1 line" : "\(lines.count) lines")
    let told = lines.enumerated().map { index, line in
      SpokenLine(numbersLines ? "\(index + 1): \(line)" : line, .code)
    }
    return [SpokenLine(words.joined(separator: ", ") + ":")] + told + [SpokenLine("End of code.")]
  }

  private static func capitalized(_ word: String) -> String {
    word.prefix(1).uppercased() + word.dropFirst()
  }

  private mutating func run(_ run: RunBlock) -> [SpokenLine] {
    let index = runs
    runs += 1
    guard let request = model.request(run: index) else {
      var text = "This cannot be run: \(run.words.joined(separator: " "))"
      if case .failure(let error) = run.outcome { text += ". The reason: \(error.description)" }
      return [SpokenLine(Narrator.closed(text))]
    }
    let number = PlainChoice.number(ofRun: index)
    return [SpokenLine("To run this, choose \(number): \(PlainRunText.name(request)).")]
  }
}

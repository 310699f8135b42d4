internal import Catalog
internal import LessonKit
internal import LessonViews
internal import Screen
internal import Trace
internal import Tutor

/// Formats a step's blocks as lines for linear reading.
struct SpokenBlocks {
  let model: Model
  /// Whether lines of code are numbered.
  var numbersLines = false
  /// The number of runnable blocks so far.
  private var runs = 0
  /// The current depth of nested lists.
  private var depth = 0

  init(model: Model, numbersLines: Bool = false) {
    self.model = model
    self.numbersLines = numbersLines
  }

  /// Returns the lines of the current step, after the introduction if it is the first.
  mutating func step() -> [SpokenLine] {
    Self.joined([introduction(), content()].filter { !$0.isEmpty })
  }

  /// Returns the lines of the lesson's introduction if the current step is the first, or else none.
  mutating func introduction() -> [SpokenLine] {
    guard let lesson = model.lesson, model.place.step == 0 else { return [] }
    return Self.joined(parts(lesson.introduction))
  }

  /// Returns the lines below the title of the current step.
  mutating func content() -> [SpokenLine] {
    guard let step = model.step else { return [SpokenLine("There are no lessons here.")] }
    return content(of: step, from: 0)
  }

  /// Returns the lines of the current step from a block on, up to its first closed answer.
  mutating func content(from block: Int) -> [SpokenLine] {
    guard let step = model.step, block < model.closedAnswer?.block ?? step.blocks.count else {
      return []
    }
    return content(of: step, from: block)
  }

  private mutating func content(of step: Step, from block: Int) -> [SpokenLine] {
    let closed = model.closedAnswer
    // The blocks before are laid out as well, because they count the runs.
    _ = parts(Array(step.blocks[..<block]))
    let parts = parts(Array(step.blocks[block..<(closed?.block ?? step.blocks.count)]))
    guard let closed else { return Self.joined(parts) }
    let note = SpokenLine("\(closed.title) is said after the run. To hear it now, type answer.")
    return Self.joined(parts + [[note]])
  }

  /// Returns the lines of all parts, with empty lines between the parts.
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
    case .callout(let callout, let blocks): self.callout(callout, blocks)
    case .table(let table): SpokenTable.lines(table)
    case .rule: [SpokenLine("Section break.")]
    case .html(let text): Self.lines(text)
    case .notice(let text): Self.lines("Note on the document: " + Narrator.closed(text))
    case .footnote(let label, let blocks): prefixed("Footnote \(label): ", lines(blocks))
    }
  }

  /// Returns the lines of a text, with the author's line breaks.
  static func lines(_ text: String) -> [SpokenLine] {
    text.split(separator: "\n", omittingEmptySubsequences: true).map {
      SpokenLine($0.trimmed)
    }
  }

  /// Adds a prefix to the first line, or before it if that is code.
  private func prefixed(_ prefix: String, _ lines: [SpokenLine]) -> [SpokenLine] {
    guard let first = lines.first, first.kind == .text else { return [SpokenLine(prefix)] + lines }
    return [SpokenLine(prefix + first.text)] + lines.dropFirst()
  }

  /// Adds a name before lines, and an end if there are several.
  private func framed(_ name: String, _ lines: [SpokenLine]) -> [SpokenLine] {
    let framed = prefixed("\(name): ", lines)
    return framed.count > 1 ? framed + [SpokenLine("End of \(name.lowercased()).")] : framed
  }

  private mutating func callout(_ callout: Callout, _ blocks: [Block]) -> [SpokenLine] {
    let title = SpokenInline.line(callout.title)
    let head = title.isEmpty ? [] : [SpokenLine(Narrator.closed(title))]
    return framed(callout.name, head + lines(blocks))
  }

  /// The bold words that mark a question. Other bold words are part of the question.
  private static let lead = "before you run it:"

  /// Returns the blocks without the bold words that mark a question.
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
    // PythonText removes the common indent.
    Self.code(
      PythonText.lines(of: code).map(\.plain), language: code.language, file: code.listing,
      numbersLines: numbersLines)
      // The header or footer of a page is not a part of the code.
      + code.asides.map {
        let words = $0.text.trimmed
        return SpokenLine(Narrator.closed("On the page, beside the code: \(words)"))
      }
  }

  /// Returns code, with a sentence before it for its language, file and length.
  static func code(
    _ lines: [String], language: String?, file: String?, numbersLines: Bool
  ) -> [SpokenLine] {
    var words = ["Code"]
    if let language {
      words.append(CodeBlock.isPython(language) ? "Python" : capitalized(language))
    }
    if let file { words.append("from \(file)") }
    words.append(lines.count == 1 ? "1 line" : "\(lines.count) lines")
    let code = lines.enumerated().map { index, line in
      SpokenLine(numbersLines ? "\(index + 1): \(line)" : line, .code)
    }
    return [SpokenLine(words.joined(separator: ", ") + ":")] + code + [SpokenLine("End of code.")]
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

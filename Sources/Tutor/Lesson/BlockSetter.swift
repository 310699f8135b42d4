internal import Catalog
internal import LessonKit
internal import Screen

/// Sets a step's blocks as lines.
struct BlockSetter {
  typealias Line = LessonText.Line

  let model: Model
  /// How many runnable blocks were set.
  private var runs = 0

  init(model: Model) { self.model = model }

  private var glyphs: Glyphs { model.glyphs }

  /// The whole step: on the first one the lesson's introduction, then title, blocks, and what is
  /// next.
  mutating func page(width: Int) -> [Line] {
    guard let lesson = model.lesson, let step = model.step else {
      return plain(StyledText("There are no lessons here.", .muted), width)
    }
    var page: [Line] = []
    if model.place.step == 0, !lesson.introduction.isEmpty {
      // The introduction comes before the step, and so do its runnable blocks, which are not the
      // step's.
      page += lines(lesson.introduction.filter { $0.runnable.isEmpty }, width)
      page.append(blank)
    }
    if step.title != lesson.title, !step.title.isEmpty {
      page += plain(StyledText(step.title, .heading), width)
      page.append(blank)
    }
    page += lines(step.blocks, width)
    page.append(blank)
    page += next(width)
    return page
  }

  private func next(_ width: Int) -> [Line] {
    guard let place = model.nextPlace else {
      return plain(StyledText("This is the end of the last lesson.", .muted), width)
    }
    let lesson = model.course.lessons[place.lesson]
    let isSame = place.lesson == model.place.lesson
    let title = isSame ? lesson.steps[place.step].title : lesson.title
    var text = StyledText("]", .key)
    text.append(isSame ? "  next: " : "  next lesson: ", .muted)
    text.append(title, .muted)
    return text.wrapped(to: width, hangingIndent: 3).map { Line(text: $0) }
  }

  private var blank: Line { Line(text: StyledText()) }

  private func plain(_ text: StyledText, _ width: Int) -> [Line] {
    text.wrapped(to: width).map { Line(text: $0) }
  }

  /// Blocks with an empty line between each two.
  private mutating func lines(_ blocks: [Block], _ width: Int, isTight: Bool = false) -> [Line] {
    var result: [Line] = []
    for block in blocks {
      let set = lines(block, width)
      guard !set.isEmpty else { continue }
      if !result.isEmpty, !isTight { result.append(blank) }
      result += set
    }
    return result
  }

  private mutating func lines(_ block: Block, _ width: Int) -> [Line] {
    guard width > 0 else { return [] }
    switch block {
    case .heading(_, let text):
      return plain(InlineText.styled(text, base: .heading), width)
    case .paragraph(let text):
      return plain(InlineText.styled(text), width)
    case .code(let code):
      return prefixed(codeLines(code, width - 2), first: "  ", rest: "  ")
    case .run(let run):
      return runLines(run, width)
    case .list(let start, let isTight, let items):
      return list(start: start, isTight: isTight, items, width)
    case .quote(let blocks):
      return barred(lines(blocks, width - 2), .muted)
    case .question(let blocks):
      return barred(lines(blocks, width - 2), .question)
    case .table(let table):
      return TableSetter(table, width: width, glyphs: glyphs).lines.map { Line(text: $0) }
    case .rule:
      return [Line(text: StyledText(String(repeating: glyphs.horizontal, count: width), .muted))]
    case .html(let text):
      return plain(StyledText(text, .muted), width)
    case .notice(let text):
      return prefixed(
        plain(StyledText(text, .warning), width - 2), first: StyledText("! ", .warning), rest: "  ")
    case .footnote(let label, let blocks):
      let mark = StyledText("[\(label)] ", .muted)
      let indent = StyledText(String(repeating: " ", count: mark.columns))
      return prefixed(lines(blocks, width - mark.columns), first: mark, rest: indent)
    }
  }

  private func codeLines(_ code: CodeBlock, _ width: Int) -> [Line] {
    PythonText.lines(of: code).flatMap { PythonText.wrapped($0, to: width) }
      .map { Line(text: $0) }
  }

  private func barred(_ lines: [Line], _ style: Style) -> [Line] {
    let bar = StyledText(glyphs.quoteBar + " ", style)
    return prefixed(lines, first: bar, rest: bar)
  }

  private func prefixed(_ lines: [Line], first: StyledText, rest: StyledText) -> [Line] {
    lines.enumerated().map { index, line in
      Line(text: (index == 0 ? first : rest) + line.text, run: line.run)
    }
  }

  private mutating func list(
    start: Int?, isTight: Bool, _ items: [ListItem], _ width: Int
  ) -> [Line] {
    let widest = start.map { String($0 + max(0, items.count - 1)).count + 2 } ?? 2
    var result: [Line] = []
    for (index, item) in items.enumerated() {
      var mark = StyledText(glyphs.bullet + " ", .muted)
      if let start { mark = StyledText("\(start + index). ", .muted).leftPadded(to: widest) }
      if let isDone = item.isDone {
        mark = StyledText((isDone ? glyphs.done : glyphs.undone) + " ", isDone ? .success : .muted)
      }
      let indent = StyledText(String(repeating: " ", count: mark.columns))
      if !result.isEmpty, !isTight { result.append(blank) }
      let set = lines(item.blocks, width - mark.columns, isTight: isTight)
      result += prefixed(set.isEmpty ? [blank] : set, first: mark, rest: indent)
    }
    return result
  }

  /// What can be run: the key that does it, the demo, and its parameters.
  private mutating func runLines(_ run: RunBlock, _ width: Int) -> [Line] {
    let index = runs
    runs += 1
    let isSelected = index == model.selectedRun
    guard let request = model.request(run: index) else {
      let words = "\(glyphs.cross) run \(run.words.joined(separator: " "))"
      var lines = StyledText(words, .failure).wrapped(to: width, hangingIndent: 2)
      if case .failure(let error) = run.outcome {
        let reason = StyledText(error.description, .muted).wrapped(to: max(1, width - 2))
        lines += reason.map { StyledText("  ") + $0 }
      }
      return lines.map { Line(text: $0, run: index) }
    }
    var head = StyledText(glyphs.run + " ", isSelected ? .success : .muted)
    head.append(isSelected ? "r" : " ", .key)
    head.append("  run ", isSelected ? .text : .muted)
    head.append(request.demo.id, isSelected ? .strong : .muted)
    var rest = StyledText("  ")
    rest.append(isSelected ? "p" : " ", .key)
    rest.append("  ")
    let names = request.arguments.names
    for (place, name) in names.enumerated() {
      if place > 0 { rest.append("\u{A0}\(glyphs.separator) ", .muted) }
      let value = request.arguments[name]
      let isChanged = value != request.demo.defaults[name]
      // A name and its value stay together on a line.
      rest.append("\(name)\u{A0}\(value)", isChanged ? .text : .muted)
    }
    let lines = head.wrapped(to: width, hangingIndent: 5)
    let more = names.isEmpty ? [] : rest.wrapped(to: width, hangingIndent: 5).map(Self.spaced)
    return (lines + more).map { Line(text: $0, run: index) }
  }
}

extension BlockSetter {
  /// The text with the spaces that kept words together made plain ones.
  private static func spaced(_ text: StyledText) -> StyledText {
    StyledText(
      text.spans.map { span in
        StyledText.Span(
          String(span.text.map { $0 == "\u{A0}" ? " " : $0 }), span.style)
      })
  }
}

extension Block {
  /// The runnable blocks in this one.
  var runnable: [RunBlock] {
    if case .run(let run) = self { [run] } else { children.flatMap(\.runnable) }
  }
}

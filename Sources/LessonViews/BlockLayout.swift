internal import Catalog
internal import LessonKit
internal import Screen

/// Lays out a step's blocks as lines.
struct BlockLayout {
  typealias Line = LessonText.Line

  let page: LessonPage
  /// The number of runnable blocks so far.
  private var runs = 0

  init(_ page: LessonPage) { self.page = page }

  private var glyphs: Glyphs { page.glyphs }

  /// Returns the lines of the step: title, blocks, and the next step's title. The first step of a
  /// lesson begins with the introduction.
  mutating func lines(width: Int) -> [Line] {
    guard let lesson = page.lesson, let step = page.step else {
      return plain(StyledText("There are no lessons here.", .muted), width)
    }
    var all: [Line] = []
    if page.place.step == 0, !lesson.introduction.isEmpty {
      all += lines(lesson.introduction, width)
      all.append(blank)
    }
    if step.title != lesson.title, !step.title.isEmpty {
      all += plain(StyledText(step.title, .heading), width)
      all.append(blank)
    }
    guard let closed = page.closedAnswer else {
      all += lines(step.blocks, width)
      all.append(blank)
      return all + next(width)
    }
    all += lines(Array(step.blocks[..<closed.block]), width)
    all.append(blank)
    all += self.closed(closed, width)
    all.append(blank)
    return all + next(width)
  }

  /// Returns the line that is in place of a closed answer.
  private func closed(_ answer: StepAnswer, _ width: Int) -> [Line] {
    var text = StyledText("  v", .key)
    text.append("  \(answer.title): opens after the run", .muted)
    return text.wrapped(to: width, hangingIndent: 5).map { Line(text: $0, isClosed: true) }
  }

  private func next(_ width: Int) -> [Line] {
    guard let next = page.next else {
      let keys = StyledText("L", .key) + StyledText("  lists all lessons", .muted)
      let isCourse = page.ending.map { $0.steps > 1 } ?? false
      return end(of: "the last lesson", width) + (isCourse ? plain(keys, width) : [])
    }
    let number = page.lesson?.number.map { "lesson \($0)" } ?? "this lesson"
    let ending = next.isInNextLesson ? end(of: number, width) : []
    var text = StyledText("]", .key)
    text.append(next.isInNextLesson ? "  next lesson: " : "  next: ", .muted)
    text.append(next.title, .muted)
    return ending + text.wrapped(to: width, hangingIndent: 3).map { Line(text: $0) }
  }

  /// Returns the end of a lesson: how much of it was seen, and what was not.
  private func end(of name: String, _ width: Int) -> [Line] {
    guard let ending = page.ending, ending.steps > 1 else {
      return page.next == nil
        ? plain(StyledText("This is the end of \(name).", .muted), width) : []
    }
    var text = StyledText("This is the end of \(name). ", .strong)
    if let unseen = ending.unseen {
      text.append("You have seen \(ending.seen) of \(ending.steps) steps. Not yet: \(unseen).")
    } else {
      text.append("You have seen all \(ending.steps) steps.", .success)
    }
    return plain(text, width)
  }

  private var blank: Line { Line(text: StyledText()) }

  private func plain(_ text: StyledText, _ width: Int) -> [Line] {
    text.wrapped(to: width).map { Line(text: $0) }
  }

  /// Returns the lines of blocks, with empty lines between them unless `isTight`.
  private mutating func lines(_ blocks: [Block], _ width: Int, isTight: Bool = false) -> [Line] {
    var result: [Line] = []
    for block in blocks {
      let lines = lines(block, width)
      guard !lines.isEmpty else { continue }
      if !result.isEmpty, !isTight { result.append(blank) }
      result += lines
    }
    return result
  }

  private mutating func lines(_ block: Block, _ width: Int) -> [Line] {
    guard width > 0 else { return [] }
    switch block {
    case .heading(let level, let text):
      return plain(page.text.styled(text, base: Self.heading(level)), width)
    case .paragraph(let text):
      return plain(page.text.styled(text), width)
    case .code(let code):
      return Self.indented(width, after: "  ") { codeLines(code, $0) }
    case .run(let run):
      return runLines(run, width)
    case .list(let start, let isTight, let items):
      return list(start: start, isTight: isTight, items, width)
    case .quote(let blocks):
      return barred(blocks, width, .muted)
    case .question(let blocks):
      return barred(blocks, width, .question)
    case .callout(let callout, let blocks):
      return self.callout(callout, blocks, width)
    case .table(let table):
      return TableLayout(table, text: page.text, width: width, glyphs: glyphs).lines.map {
        Line(text: $0)
      }
    case .rule:
      return [Line(text: StyledText(String(repeating: glyphs.horizontal, count: width), .muted))]
    case .html(let text):
      return plain(HTMLText.styled(text), width)
    case .notice(let text):
      return Self.indented(width, after: StyledText("! ", .warning)) {
        plain(StyledText(text, .warning), $0)
      }
    case .footnote(let label, let blocks):
      return Self.indented(width, after: StyledText("[\(label)] ", .muted)) { lines(blocks, $0) }
    }
  }

  /// Returns the style of a heading: deeper levels are bold, then italic, then muted.
  private static func heading(_ level: Int) -> Style {
    switch level {
    case ...3: Style.heading.adding(.underline)
    case 4: .heading
    case 5: .emphasis
    default: .muted
    }
  }

  private func codeLines(_ code: CodeBlock, _ width: Int) -> [Line] {
    var asides = code.asides[...]
    var result: [Line] = []
    for (index, line) in PythonText.lines(of: code).enumerated() {
      while let aside = asides.first, aside.line <= index {
        result += plain(StyledText(aside.text, .muted), width)
        asides.removeFirst()
      }
      result += PythonText.wrapped(line, to: width).map { Line(text: $0) }
    }
    return result + asides.flatMap { plain(StyledText($0.text, .muted), width) }
  }

  private mutating func barred(_ blocks: [Block], _ width: Int, _ style: Style) -> [Line] {
    let bar = StyledText(glyphs.quoteBar + " ", style)
    return Self.indented(width, after: bar, rest: bar) { lines(blocks, $0) }
  }

  /// Returns a callout behind a bar, with its title in the first line.
  private mutating func callout(
    _ callout: Callout, _ blocks: [Block], _ width: Int
  ) -> [Line] {
    let style: Style =
      switch callout.kind {
      case .important, .warning, .caution: .warning
      case .note, .tip, .details: .strong
      }
    let title =
      callout.title.isEmpty
      ? StyledText(callout.name, style) : page.text.styled(callout.title, base: style)
    let bar = StyledText(glyphs.quoteBar + " ", style == .warning ? .warning : .muted)
    return Self.indented(width, after: bar, rest: bar) {
      plain(title, $0) + lines(blocks, $0)
    }
  }

  /// The minimum width of indented text.
  private static let narrowest = 10

  /// Returns lines indented behind a mark. If they become too narrow, the mark is above them
  /// instead; a blank mark is then left out.
  private static func indented(
    _ width: Int, after mark: StyledText, rest: StyledText? = nil, _ lines: (Int) -> [Line]
  ) -> [Line] {
    let isBlank = mark.plain.allSatisfy { $0 == " " }
    guard width - mark.columns >= Self.narrowest else {
      let above = isBlank ? [] : mark.wrapped(to: width).map { Line(text: $0) }
      return above + lines(width)
    }
    let indent = rest ?? StyledText(String(repeating: " ", count: mark.columns))
    let inside = lines(width - mark.columns)
    return (inside.isEmpty && !isBlank ? [Line(text: StyledText())] : inside).enumerated().map {
      index, line in
      Line(text: (index == 0 ? mark : indent) + line.text, run: line.run)
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
      if !result.isEmpty, !isTight { result.append(blank) }
      result += Self.indented(width, after: mark) { lines(item.blocks, $0, isTight: isTight) }
    }
    return result
  }

  /// Returns the lines of a runnable block: its key, the demo, and the parameters.
  private mutating func runLines(_ run: RunBlock, _ width: Int) -> [Line] {
    let index = runs
    runs += 1
    let isSelected = index == page.selectedRun
    guard page.requests.indices.contains(index), let request = page.requests[index] else {
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
    let words =
      switch run.offer {
      case .resembles: "  this looks like "
      case .mentions: "  see it run: "
      case nil: "  run "
      }
    head.append(words, isSelected ? .text : .muted)
    head.append(request.demo.id, isSelected ? .strong : .muted)
    if run.offer == .resembles, isSelected {
      head.append(": ")
      head.append("r", .key)
      head.append(" runs ours")
    }
    var rest = StyledText("  ")
    rest.append(isSelected ? "p" : " ", .key)
    rest.append("  ")
    let names = request.arguments.names
    for (place, name) in names.enumerated() {
      if place > 0 { rest.append("\u{A0}\(glyphs.separator) ", .muted) }
      let value = request.arguments[name]
      let isChanged = value != request.demo.defaults[name]
      // A name and its value stay on one line.
      rest.append("\(name)\u{A0}\(value)", isChanged ? .text : .muted)
    }
    let lines = head.wrapped(to: width, hangingIndent: 5)
    let more = names.isEmpty ? [] : rest.wrapped(to: width, hangingIndent: 5).map(Self.spaced)
    return (lines + more).map { Line(text: $0, run: index) }
  }
}

extension BlockLayout {
  /// Returns the text with plain spaces in place of the no-break spaces.
  private static func spaced(_ text: StyledText) -> StyledText {
    StyledText(
      text.spans.map { span in
        StyledText.Span(
          String(span.text.map { $0 == "\u{A0}" ? " " : $0 }), span.style)
      })
  }
}

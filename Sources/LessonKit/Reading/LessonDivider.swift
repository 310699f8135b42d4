/// A piece of a document: the start of a lesson, the start of a step, or a block.
enum DocumentPiece {
  case lesson(title: String, number: Int?, line: Int)
  case step(title: String, line: Int)
  case block(Block, line: Int)

  /// The block, or nil for a start.
  var block: Block? {
    if case .block(let block, _) = self { block } else { nil }
  }
}

/// Makes lessons from the pieces of a document.
struct LessonDivider {
  let name: FileName
  /// The title of the document, or nil.
  let title: String?
  /// Whether the first lesson of several must show the title, because no piece contains it.
  var showsTitle = false
  var diagnostics: [Diagnostic] = []
  var links: [LinkReference] = []

  private struct Part {
    var title: String
    var number: Int?
    var line: Int
    var opening: [Block] = []
    var steps: [(title: String, line: Int, blocks: [Block])] = []

    mutating func add(_ block: Block) {
      if steps.isEmpty {
        opening.append(block)
      } else {
        steps[steps.count - 1].blocks.append(block)
      }
    }
  }

  private var displayTitle: String { title ?? name.title }

  /// Makes one lesson from pieces that contain no `lesson`.
  func lesson(_ pieces: [DocumentPiece]) -> Lesson {
    let (part, _) = parts(pieces)
    return lesson(of: part, id: name.id, diagnostics, links)
  }

  /// Makes the lessons of the document, at least one, and each with at least one step. A heading
  /// without text below it is a step too.
  func lessons(_ pieces: [DocumentPiece]) -> [Lesson] {
    var (front, parts) = parts(pieces)
    guard !parts.isEmpty else {
      if front.opening.isEmpty, front.steps.isEmpty { front.steps = [(front.title, 1, [])] }
      return [lesson(of: front, id: name.id, diagnostics, links)]
    }
    prepend(front, to: &parts[0])
    var ids = IDs()
    return parts.enumerated().map { index, part in
      var part = part
      if part.opening.isEmpty, part.steps.isEmpty { part.steps = [(part.title, part.line, [])] }
      let first = index == 0 ? 0 : part.line
      let next = index + 1 < parts.count ? parts[index + 1].line : .max
      let isHere = { (line: Int) in (first..<next).contains(line) }
      return lesson(
        of: part, id: ids.next(for: part.title), diagnostics.filter { isHere($0.line) },
        links.filter { isHere($0.line) })
    }
  }

  /// The pieces without rules at the end of a lesson or step. What a rule separates is on another
  /// page there.
  static func withoutFinalRules(_ pieces: [DocumentPiece]) -> [DocumentPiece] {
    var result: [DocumentPiece] = []
    for piece in pieces {
      if case .block = piece {
        result.append(piece)
      } else {
        removeRules(&result)
        result.append(piece)
      }
    }
    removeRules(&result)
    return result
  }

  private static func removeRules(_ pieces: inout [DocumentPiece]) {
    while case .block(.rule, _) = pieces.last { pieces.removeLast() }
  }

  private func parts(_ pieces: [DocumentPiece]) -> (front: Part, parts: [Part]) {
    var front = Part(title: displayTitle, number: name.number, line: 1)
    var parts: [Part] = []
    for piece in pieces {
      switch piece {
      case .lesson(let title, let number, let line):
        parts.append(Part(title: title, number: number, line: line))
      case .step(let title, let line):
        if parts.isEmpty {
          front.steps.append((title, line, []))
        } else {
          parts[parts.count - 1].steps.append((title, line, []))
        }
      case .block(let block, let line):
        if parts.isEmpty {
          if front.opening.isEmpty, front.steps.isEmpty { front.line = line }
          front.add(block)
        } else {
          parts[parts.count - 1].add(block)
        }
      }
    }
    return (front, parts)
  }

  /// Adds the content before the first lesson to that lesson. A few words go to the top, and more
  /// content becomes new first steps.
  private func prepend(_ front: Part, to part: inout Part) {
    let isLong = front.opening.count > 4 || front.opening.contains { !$0.isBrief }
    guard isLong || !front.steps.isEmpty else {
      let heading: [Block] =
        showsTitle && title != nil ? [.heading(level: 1, [.text(displayTitle)])] : []
      // The title of the lesson follows the words above it, as in the document.
      let own: [Block] =
        front.opening.contains(where: \.isText)
        ? [.heading(level: 1, [.text(part.title)])] : []
      part.opening = heading + front.opening + own + part.opening
      return
    }
    var steps = front.steps
    steps.insert((displayTitle, front.line, front.opening), at: 0)
    if !part.opening.isEmpty { steps.append((part.title, part.line, part.opening)) }
    part.opening = []
    part.steps = steps + part.steps
  }

  private func lesson(
    of part: Part, id: String, _ diagnostics: [Diagnostic], _ links: [LinkReference]
  ) -> Lesson {
    var part = part
    // A run block must be in a step, because a key runs the step's demo.
    let isStep = part.steps.isEmpty || part.opening.contains { !$0.runs.isEmpty }
    if isStep, !part.opening.isEmpty {
      part.steps.insert((part.title, part.line, part.opening), at: 0)
      part.opening = []
    }
    var titles: [String: Int] = [:]
    let steps = part.steps.enumerated().map { index, step in
      let count = titles[step.title, default: 0] + 1
      titles[step.title] = count
      return Step(
        number: index + 1, title: step.title,
        name: count == 1 ? step.title : "\(step.title) (\(count))", blocks: step.blocks,
        line: step.line)
    }
    return Lesson(
      number: part.number, id: id, title: part.title, introduction: part.opening, steps: steps,
      diagnostics: diagnostics.sorted { ($0.line, $0.column) < ($1.line, $1.column) },
      file: name.path, links: links)
  }

  /// Makes unique ids for the lessons of a document.
  private struct IDs {
    private var used: Set<String> = []
    private var counts: [String: Int] = [:]

    mutating func next(for title: String) -> String {
      let slug = title.slug
      let base = slug.isEmpty ? "lesson" : slug
      var id = base
      while !used.insert(id).inserted {
        counts[base, default: 1] += 1
        id = "\(base)-\(counts[base, default: 1])"
      }
      return id
    }
  }
}

extension Block {
  /// Whether the block has words for readers.
  fileprivate var isText: Bool {
    if case .html = self { false } else { true }
  }

  /// Whether the block is at most a few words.
  fileprivate var isBrief: Bool {
    switch self {
    case .paragraph(let text), .heading(_, let text): text.plainText.utf8.count <= 400
    case .html(let text), .notice(let text): text.utf8.count <= 400
    case .rule: true
    case .code, .run, .list, .quote, .question, .callout, .table, .footnote: false
    }
  }
}

extension String {
  /// The text in lower case, with a hyphen for each run of other characters than letters and digits.
  var slug: String {
    lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
  }
}

/// A link in the text of a step.
public struct StepLink: Sendable, Equatable {
  /// The visible text of the link.
  public let text: String
  /// The address as the author wrote it.
  public let destination: String
}

extension Step {
  /// The links in the text of the step, in order.
  public var links: [StepLink] { links(before: blocks.count) }

  /// The links in the text above a block, in order.
  public func links(before block: Int) -> [StepLink] { blocks[..<block].flatMap(\.stepLinks) }
}

/// An index of the link targets in a course: its documents and their headings.
public struct LinkIndex: Sendable {
  private typealias Place = (lesson: Int, step: Int)
  private let files: [String]
  private let starts: [String: Place]
  /// The anchors of each file, computed when a link first names one.
  private let anchors: [String: Deferred<[String: Place]>]

  /// Makes an index of a course. O(number of lessons).
  public init(_ course: Course) {
    files = course.lessons.map(\.file)
    let lessons = Dictionary(grouping: course.lessons.indices) { course.lessons[$0].file }
    starts = lessons.compactMapValues { $0.first.map { ($0, 0) } }
    anchors = lessons.mapValues { places in
      Deferred { Self.anchors(of: places.map { ($0, course.lessons[$0]) }) }
    }
  }

  /// The places of all headings of one file. O(number of blocks).
  private static func anchors(of lessons: [(Int, Lesson)]) -> [String: Place] {
    var anchors: [String: Place] = [:]
    var counts: [String: Int] = [:]
    func add(_ heading: String, _ place: Place) {
      let slug = heading.headingAnchor
      let count = counts[slug, default: 0]
      counts[slug] = count + 1
      anchors[count == 0 ? slug : "\(slug)-\(count)"] = place
    }
    for (index, lesson) in lessons {
      add(lesson.title, (index, 0))
      for (number, step) in lesson.steps.enumerated() {
        if step.title != lesson.title { add(step.title, (index, number)) }
        for heading in step.blocks.flatMap(\.headings) { add(heading, (index, number)) }
      }
    }
    return anchors
  }

  /// The target of a link, as indices from 0, or nil if it is outside the course. The program never
  /// follows such a link.
  /// - Parameter lesson: The index of the lesson that contains the link.
  public func place(of destination: String, in lesson: Int) -> (lesson: Int, step: Int)? {
    guard files.indices.contains(lesson) else { return nil }
    let file = files[lesson]
    let path =
      destination.hasPrefix("#") ? file : LessonLint.relativePath(in: destination, from: file)
    guard let path, let start = starts[path] else { return nil }
    guard let hash = destination.firstIndex(of: "#") else { return start }
    let anchor = destination[destination.index(after: hash)...].percentDecoded
    return anchor.isEmpty || anchor == "top" ? start : anchors[path]?.value[anchor]
  }
}

extension Block {
  fileprivate var headings: [String] {
    if case .heading(_, let text) = self { return [text.plainText] }
    return children.flatMap(\.headings)
  }

  fileprivate var stepLinks: [StepLink] {
    switch self {
    case .heading(_, let text), .paragraph(let text): text.stepLinks
    case .table(let table): (table.header + table.rows.joined()).flatMap(\.stepLinks)
    case .callout(let callout, let blocks): callout.title.stepLinks + blocks.flatMap(\.stepLinks)
    default: children.flatMap(\.stepLinks)
    }
  }
}

extension [Inline] {
  fileprivate var stepLinks: [StepLink] {
    flatMap { piece -> [StepLink] in
      switch piece {
      case .link(let inner, let destination):
        [StepLink(text: inner.plainText, destination: destination)]
      case .emphasis(let inner), .strong(let inner), .strikethrough(let inner),
        .subscript(let inner), .superscript(let inner):
        inner.stepLinks
      default: []
      }
    }
  }
}

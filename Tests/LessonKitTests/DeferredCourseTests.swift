internal import Catalog
@testable internal import LessonKit
internal import Lessons
internal import Synchronization
internal import Testing

@Suite("A course that is parsed as it is looked at")
struct DeferredCourseTests {
  private static let loader = CourseLoader(catalog: catalog)

  @Test(
    "every built-in lesson is divided without being parsed", arguments: BuiltInLessons.documents)
  func builtIn(name: String, text: String) {
    #expect(LessonParts(text) != nil, "\(name)")
  }

  @Test(
    "every built-in lesson is the one that is read at once", arguments: BuiltInLessons.documents)
  func same(name: String, text: String) throws {
    try expectSame(name: name, text: text)
  }

  @Test("what stands in a lesson is what its document says, whatever stands beside what")
  func pairs() throws {
    for first in Self.pieces {
      for second in Self.pieces {
        try expectSame(
          name: "03-traps.md",
          text: "# A title\n\n## One\n\n\(first)\n\(second)\n\n## Two\n\nWords.\n")
      }
    }
  }

  @Test("what stands above the first step is what the document says")
  func fronts() throws {
    for piece in Self.pieces {
      for text in [
        "\(piece)\n\n# A title\n\n## One\n\nWords.\n", "# A title\n\(piece)\n## One\n\nWords.",
        "\(piece)\n## One\n", "\(piece)", "## One\n\(piece)", "# A title\n\(piece)",
        "## One\n\n# A title\n\n\(piece)", "## One\n## One\n\(piece)\n## One",
      ] {
        try expectSame(name: "traps.md", text: text)
        try expectSame(name: "traps.md", text: "\u{FEFF}" + text)
        try expectSame(name: "traps.md", text: text.replacing("\n", with: "\r\n"))
      }
    }
  }

  @Test("a document that is too large is refused at once")
  func tooLarge() {
    var limits = DocumentLimits()
    limits.bytes = 10
    let error = #expect(throws: DocumentError.self) {
      try CourseLoader(catalog: catalog, limits: limits)
        .deferredCourse(of: [("a.md", "# Title\n\n## Step\n")])
    }
    #expect(error == .tooLarge(file: "a.md", bytes: 17, limit: 10))
  }

  /// What makes, hides or resembles headings, and what reaches from one part into another.
  private static let pieces = [
    "", "Words.", "### Deeper", "#### `Deeper` still", "## Three", "## Three", "# Another title",
    "## *Marked* `code`", "## Closed ##", "##", "#", "##\tTab", "## ", "##Tight", "####### Seven",
    "##  Two  spaces  ", "## A <b>tag</b>", "## A & B &amp; C", "## [Link](#two) é", "## \\# 1",
    " ## Indented", "    ## Code", "\t## Code", "\u{0C}## Feed", "- item\n\n  ## In a list",
    "- item",
    "> ## Quoted", "> quoted", "---", "===", "- - -", "Words\n---", "+++", "***",
    "```\n## Code\n```", "```python\n# comment\n```  ", "````\n```\n## Code\n```\n````", "```",
    "``` a`b", "~~~\n## Code\n~~~", "  ```\n## Code\n  ```", "- ```\n  ## Code\n  ```",
    "<div>\n## Not one\n</div>", "<!--\n\n## Hidden\n\n-->", "<pre>\n\n## Code\n\n</pre>",
    "[one]: two.md", "[one]", "[^1]: a note\n\n    ## In it", "[^1]", "x[1]: y", "[One](two.md)",
    "| a | b |\n|---|---|\n| 1 | 2 |", "```lockstep\nrun factorials last=9\n```",
    "```lockstep\nrun nothing\n```", "> **Before you run it:** why?", "a  \nb\\\nc",
  ]

  /// Expects the lesson that is parsed in parts to be the one that is parsed as a whole.
  private func expectSame(
    name: String, text: String, at location: SourceLocation = #_sourceLocation
  ) throws {
    let deferred = try Self.loader.deferredCourse(of: [(name, text)])
    let whole = try Self.loader.course(of: [(name, text)])
    let comment = Comment(rawValue: text)
    try #require(deferred.lessons.count == 1 && whole.lessons.count == 1, comment)
    let (found, wanted) = (deferred.lessons[0], whole.lessons[0])
    #expect(found.number == wanted.number, comment, sourceLocation: location)
    #expect(found.id == wanted.id, comment, sourceLocation: location)
    #expect(found.title == wanted.title, comment, sourceLocation: location)
    #expect(found.file == wanted.file, comment, sourceLocation: location)
    #expect(found.diagnostics == wanted.diagnostics, comment, sourceLocation: location)
    #expect(found.links == wanted.links, comment, sourceLocation: location)
    #expect(
      "\(found.introduction)" == "\(wanted.introduction)", comment, sourceLocation: location)
    #expect(
      found.steps.map(\.described) == wanted.steps.map(\.described), comment,
      sourceLocation: location)
  }
}

extension Step {
  /// Everything that the step has, as text.
  fileprivate var described: String { "\(number) \(title) \(name) \(line) " + content }

  /// The blocks and runs, with the values of each run in the order of their names: that of a
  /// dictionary is another one each time.
  private var content: String {
    let parts = "\(blocks) \(runs)".split(separator: "values: [", omittingEmptySubsequences: false)
    return parts.enumerated().map { index, part in
      guard index > 0, let end = part.firstIndex(of: "]") else { return String(part) }
      return part[..<end].split(separator: ", ").sorted().joined(separator: ", ") + part[end...]
    }.joined()
  }
}

@Suite("A deferred value")
struct DeferredTests {
  @Test("is worked out when it is first asked for, and once")
  func once() {
    let count = Mutex(0)
    let deferred = Deferred {
      count.withLock { $0 += 1 }
      return "value"
    }
    #expect(count.withLock { $0 } == 0)
    #expect(deferred.value == "value")
    #expect(deferred.value == "value")
    #expect(count.withLock { $0 } == 1)
  }
}

internal import Catalog
@testable internal import LessonKit
internal import Lessons
internal import Synchronization
internal import Testing

@Suite("A course that is parsed on first use")
struct DeferredCourseTests {
  private static let loader = CourseLoader(catalog: catalog)

  @Test(
    "divides each built-in lesson without the parser", arguments: BuiltInLessons.documents)
  func builtIn(name: String, text: String) {
    #expect(LessonParts(text) != nil, "\(name)")
  }

  @Test(
    "equals the fully parsed course for each built-in lesson", arguments: BuiltInLessons.documents)
  func same(name: String, text: String) throws {
    try expectSame(name: name, text: text)
  }

  @Test("equals the fully parsed course for all pairs of difficult pieces")
  func pairs() throws {
    for first in Self.pieces {
      for second in Self.pieces {
        try expectSame(
          name: "03-traps.md",
          text: "# A title\n\n## One\n\n\(first)\n\(second)\n\n## Two\n\nWords.\n")
      }
    }
  }

  @Test("equals the fully parsed course for difficult pieces above the first step")
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

  @Test("refuses a document that is too large immediately")
  func tooLarge() {
    var limits = DocumentLimits()
    limits.bytes = 10
    let error = #expect(throws: DocumentError.self) {
      try CourseLoader(catalog: catalog, limits: limits)
        .deferredCourse(of: [("a.md", "# Title\n\n## Step\n")])
    }
    #expect(error == .tooLarge(file: "a.md", bytes: 17, limit: 10))
  }

  /// Pieces that make, hide or resemble headings, or affect other parts of the document.
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

  /// Expects the lesson that is parsed in parts to equal the one that is parsed at once.
  private func expectSame(
    name: String, text: String, at location: SourceLocation = #_sourceLocation
  ) throws {
    let deferred = try Self.loader.deferredCourse(of: [(name, text)])
    let parsed = try Self.loader.course(of: [(name, text)])
    let comment = Comment(rawValue: text)
    try #require(deferred.lessons.count == 1 && parsed.lessons.count == 1, comment)
    let (found, expected) = (deferred.lessons[0], parsed.lessons[0])
    #expect(found.number == expected.number, comment, sourceLocation: location)
    #expect(found.id == expected.id, comment, sourceLocation: location)
    #expect(found.title == expected.title, comment, sourceLocation: location)
    #expect(found.file == expected.file, comment, sourceLocation: location)
    #expect(found.diagnostics == expected.diagnostics, comment, sourceLocation: location)
    #expect(found.links == expected.links, comment, sourceLocation: location)
    #expect(found.introduction == expected.introduction, comment, sourceLocation: location)
    try #require(found.steps.count == expected.steps.count, comment)
    for (found, expected) in zip(found.steps, expected.steps) {
      #expect(found.number == expected.number, comment, sourceLocation: location)
      #expect(found.title == expected.title, comment, sourceLocation: location)
      #expect(found.name == expected.name, comment, sourceLocation: location)
      #expect(found.line == expected.line, comment, sourceLocation: location)
      #expect(found.blocks == expected.blocks, comment, sourceLocation: location)
      #expect(found.runs == expected.runs, comment, sourceLocation: location)
    }
  }
}

@Suite("A deferred value")
struct DeferredTests {
  @Test("is computed once, on first use")
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

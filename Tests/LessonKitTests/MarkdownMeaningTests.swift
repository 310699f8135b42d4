import LessonKit
import Testing

/// The lessons of a Markdown document.
func markdownLessons(_ text: String, name: String = "handout.md") throws -> [Lesson] {
  try lessons(text, name: name)
}

@Suite("Links in headings")
struct HeadingLinkTests {
  @Test("A link in the title of a step keeps its address below the title")
  func steps() throws {
    let text = """
      # Sources

      ## [The manual](https://example.org/manual)

      Read it.

      ## Notes on [locks](locks.md) and [queues](queues.md)

      And these.
      """
    let steps = try markdownLessons(text)[0].steps
    #expect(steps.map(\.title) == ["The manual", "Notes on locks and queues"])
    let address = "https://example.org/manual"
    #expect(steps[0].blocks.first == .paragraph([.link([.text(address)], destination: address)]))
    #expect(
      steps[1].blocks.first
        == .paragraph([
          .link([.text("locks")], destination: "locks.md"), .lineBreak,
          .link([.text("queues")], destination: "queues.md"),
        ]))
    #expect(steps[1].links.map(\.destination) == ["locks.md", "queues.md"])
  }

  @Test("So do links in the title of a document and in the titles of its lessons")
  func titles() throws {
    let one = try markdownLessons("# [Tool](https://example.org) 2\n\nText.\n\n## Use\n\nMore.\n")[
      0]
    #expect(one.title == "Tool 2")
    #expect(
      one.introduction.first
        == .paragraph([.link([.text("Tool")], destination: "https://example.org")]))
    let two = try markdownLessons(
      "# [1.1][]\n\na\n\n# 1.0\n\nb\n\n[1.1]: https://example.org/1.1\n")
    #expect(two.map(\.title) == ["1.1", "1.0"])
    #expect("\(two[0].steps[0].blocks)".contains("https://example.org/1.1"))
  }

  @Test("An address that the title shows, and a link to the heading itself, are not repeated")
  func redundant() throws {
    let steps = try markdownLessons(
      "# T\n\n## https://example.org\n\na\n\n## [Here](#here)\n\nb\n")[0].steps
    #expect(steps.map(\.title) == ["https://example.org", "Here"])
    #expect(steps.map { $0.blocks.count } == [1, 1])
  }

  @Test("A lesson whose steps are parsed on first use keeps them too")
  func deferred() throws {
    let text = "# T\n\nIn.\n\n## A [b](c.md)\n\nd\n"
    let loader = CourseLoader(catalog: catalog)
    let late = try loader.deferredCourse(of: [(name: "a.md", text: text)]).lessons[0]
    #expect(late.steps[0].blocks == (try lesson(text, name: "a.md").steps[0].blocks))
  }
}

@Suite("The place of footnotes")
struct FootnotePlaceTests {
  private func labels(_ blocks: [Block]) -> [String] {
    blocks.compactMap { if case .footnote(let label, _) = $0 { label } else { nil } }
  }

  @Test("A footnote is in each step that calls it, after the text")
  func steps() throws {
    let text = """
      # T

      Opening.[^o]

      ## A

      Uses one[^a] and both.[^b]

      ## B

      > Quoted.[^b]

      ## C

      None.

      [^b]: The second note.
      [^o]: The opening note.
      [^a]: The first note, which calls another.[^n]
      [^n]: The inner note.
      """
    let lesson = try markdownLessons(text)[0]
    #expect(labels(lesson.introduction) == ["1"])
    #expect(lesson.steps.map { labels($0.blocks) } == [["2", "3", "4"], ["3"], []])
    let isLast = if case .footnote = lesson.steps[0].blocks.last { true } else { false }
    #expect(isLast)
  }

  @Test("In Markdown without headings, a footnote or a link may be defined in another section")
  func sections() throws {
    let text = """
      1. Alpha

      A claim.[^why] See [the manual][m] and [this].

      2. Beta

      Another claim.[^why]

      [^why]: Because.

      [m]: https://example.org/m
      [unused]: https://example.org/unused
      """
    let found = try markdownLessons(text)
    #expect(found.map(\.title) == ["Alpha", "Beta"])
    #expect(found.map { labels($0.steps[0].blocks) } == [["1"], ["1"]])
    #expect(found[0].links.map(\.destination) == ["https://example.org/m"])
    let tags = found[1].steps[0].blocks.filter { if case .html = $0 { true } else { false } }
    #expect(tags == [.html("[unused]: https://example.org/unused")])
  }

  @Test("A call in a title counts")
  func title() throws {
    let steps = try markdownLessons("# T\n\n## A[^n]\n\na\n\n## B\n\nb\n\n[^n]: Note.\n")[0].steps
    #expect(steps.map { labels($0.blocks) } == [["1"], []])
  }

  @Test("A long footnote is only in the first step that calls it, so that a document cannot grow")
  func long() throws {
    let note = String(repeating: "word ", count: 400)
    let steps = (1...50).map { "## S\($0)\n\nText.[^n]\n\n" }.joined()
    let lesson = try markdownLessons("# T\n\n\(steps)[^n]: \(note)\n")[0]
    #expect(lesson.steps.map { labels($0.blocks).count }.reduce(0, +) == 1)
    let many = (1...5_000).map { "## S\($0)\n\nText.[^n]\n\n" }.joined()
    let loader = CourseLoader(catalog: catalog, limits: .opened)
    let copied = try loader.lessons(
      name: "x.md", text: "# T\n\n\(many)[^n]: \(note.prefix(900))\n")[0]
    #expect(copied.steps.map { labels($0.blocks).count }.reduce(0, +) < 100)
  }
}

@Suite("The attributes of a fence")
struct FenceAttributeTests {
  @Test(
    "The language is the first word, in braces or not",
    arguments: [
      ("python {1,3} title=\"a.py\"", "python", "{1,3} title=\"a.py\""),
      ("{.python .numberLines startFrom=\"3\"}", "python", ".numberLines startFrom=\"3\""),
      ("{#listing .python}", "python", "#listing"), ("{python}", "python", ""),
      ("{python, echo=FALSE}", "python", "echo=FALSE"), ("{r}", "r", ""),
      ("{code-block} python", "python", ""), ("{code-cell} ipython3", "ipython3", ""),
      ("rust,ignore", "rust", "ignore"), ("js{2}", "js", "{2}"), ("python=", "python", ""),
      ("python=12", "python", "12"), ("language-sh", "sh", ""),
      ("title=\"x y\"", "", "title=\"x y\""),
      ("c++ main", "c++", "main"), ("python title='b.py'", "python", "title='b.py'"),
    ])
  func language(info: String, language: String, rest: String) throws {
    let code = try #require(try markdownLessons("```\(info)\nx = 1\n```\n")[0].code.first)
    #expect(code.language == (language.isEmpty ? nil : language))
    #expect(code.listing == nil)
    #expect(code.asides.map(\.text) == (rest.isEmpty ? [] : [rest]))
  }

  @Test("A second word that is a Python file is the listing")
  func listing() throws {
    for info in ["python work.py", "python:work.py", "python  work.py {1}"] {
      let code = try #require(try markdownLessons("```\(info)\nx = 1\n```\n")[0].code.first)
      #expect(code.language == "python" && code.listing == "work.py")
    }
  }

  @Test("Python of any spelling is Python")
  func python() throws {
    for info in ["Python", "py3", "{.python3}", "ipython3"] {
      #expect(try markdownLessons("```\(info)\nx = 1\n```\n")[0].code[0].isPython)
    }
    #expect(try !markdownLessons("```pythonic\nx = 1\n```\n")[0].code[0].isPython)
  }
}

@Suite("The highest headings divide a document")
struct HeadingLevelTests {
  @Test(
    "One heading of the highest level is the title, and the next level begins steps",
    arguments: [("#", "##"), ("##", "###"), ("###", "####"), ("#", "###"), ("##", "####")])
  func single(top: String, next: String) throws {
    let found = try markdownLessons(
      "\(top) Threads\n\nIntro.\n\n\(next) Making\n\na\n\n\(next) Waiting\n\nb\n")
    #expect(found.map(\.title) == ["Threads"])
    #expect(found[0].introduction == [.paragraph([.text("Intro.")])])
    #expect(found[0].steps.map(\.title) == ["Making", "Waiting"])
  }

  @Test(
    "Several of them are lessons",
    arguments: [("#", "##"), ("##", "###"), ("###", "####"), ("##", "####")])
  func several(top: String, next: String) throws {
    let found = try markdownLessons(
      "\(top) 1. A\n\n\(next) In\n\na\n\n\(next) On\n\nb\n\n\(top) 2. B\n\nc\n")
    #expect(found.map(\.title) == ["A", "B"])
    #expect(found.map(\.number) == [1, 2])
    #expect(found.map { $0.steps.map(\.title) } == [["In", "On"], ["B"]])
  }

  @Test("Headings of one lower level only are steps, and so are those below front matter")
  func steps() throws {
    let flat = try markdownLessons("## A\n\na\n\n## B\n\nb\n")
    #expect(flat.map(\.title) == ["Handout"])
    #expect(flat[0].steps.map(\.title) == ["A", "B"])
    let front = try markdownLessons("---\ntitle: T\n---\n\n## A\n\n### In\n\na\n\n## B\n\nb\n")
    #expect(front.map(\.title) == ["T"])
    #expect(front[0].steps.map(\.title) == ["A", "B"])
  }
}

@Suite("The order of a document")
struct DocumentOrderTests {
  @Test("Text above the first title stays above it")
  func introduction() throws {
    let found = try lessons(
      "Intro.\n\n### Deep\n\na\n\n# First\n\nb\n\n## Second\n\nc\n\n# Other\n\nd\n", name: "x.md")
    #expect(found.map(\.title) == ["First", "Other"])
    #expect(
      found[0].introduction == [
        .paragraph([.text("Intro.")]), .heading(level: 3, [.text("Deep")]),
        .paragraph([.text("a")]), .heading(level: 1, [.text("First")]), .paragraph([.text("b")]),
      ])
    #expect(found[0].steps.map(\.title) == ["Second"])
  }

  @Test("Text above the only title stays above it, and a logo does not repeat the title")
  func single() throws {
    let one = try lessons("Draft 3.\n\n# T\n\na\n\n## S\n\nb\n", name: "x.md")[0]
    #expect(one.title == "T")
    #expect(
      one.introduction == [
        .paragraph([.text("Draft 3.")]), .heading(level: 1, [.text("T")]),
        .paragraph([.text("a")]),
      ])
    let logo = try lessons("<img src=\"x.png\">\n\n# T\n\na\n\n## S\n\nb\n", name: "x.md")[0]
    #expect(logo.introduction == [.html("<img src=\"x.png\">"), .paragraph([.text("a")])])
  }
}

import Catalog
@testable import LessonKit
import Lessons
import Testing

@Suite("Reading any document")
struct DocumentTests {
  @Test("A document is Markdown by its name or by its content")
  func format() throws {
    let markdown = "# One\n\na *b*\n\n## Two\n\nc\n\n## Three\n\nd\n"
    for name in ["a.md", "a.markdown", "a.mdown", "spec.txt", "README", "-"] {
      let found = try lessons(markdown, name: name)
      #expect(found.map(\.title) == ["One"], "\(name)")
      #expect(found[0].steps.map(\.title) == ["Two", "Three"], "\(name)")
      #expect(found[0].introduction == [.paragraph([.text("a "), .emphasis([.text("b")])])])
    }
    let fenced = "Some text.\n\n```python\nx = 1\n```\n"
    #expect(try lessons(fenced)[0].code == [CodeBlock(language: "python", text: "x = 1", line: 3)])
    let plain = "Some *text*.\n\n# a comment\nx = 1\n"
    #expect(try lessons(plain)[0].blocks.first == .paragraph([.text("Some *text*.")]))
    #expect(try lessons(plain, name: "a.md")[0].title == "a comment")
  }

  @Test("A document with only a title has a step with this title")
  func onlyTitle() throws {
    for (text, name) in [
      ("# Notes\n", "x.md"), ("Notes\n=====\n", "x.md"), ("= Notes\n", "x.adoc"),
    ] {
      let found = try lessons(text, name: name)
      #expect(found.map { $0.steps.map(\.title) } == [["Notes"]], "\(name)")
    }
  }

  @Test("Form feeds inside lines of Markdown divide nothing, and no word is lost")
  func formFeeds() throws {
    let found = try lessons(
      "1. Alpha\u{0C}Body one here\u{0C}2. Beta\u{0C}Other body\n", name: "x.md")
    let shown = found.map { "\($0.title) \($0.steps)" }.joined()
    for word in ["Alpha", "Body one here", "Beta", "Other body"] { #expect(shown.contains(word)) }
  }

  @Test("Each of several top headings begins a lesson, with its number if it has one")
  func topHeadings() throws {
    let found = try lessons(
      "Before.\n\n# 1. One\n\na\n\n## In\n\nb\n\n### Deep\n\nc\n\n# 2. Two\n\n# 3. One\n\nd\n",
      name: "x.md")
    #expect(found.map(\.title) == ["One", "Two", "One"])
    #expect(found.map(\.number) == [1, 2, 3])
    #expect(found.map(\.id) == ["one", "two", "one-2"])
    #expect(
      found[0].introduction == [
        .paragraph([.text("Before.")]), .heading(level: 1, [.text("One")]),
        .paragraph([.text("a")]),
      ])
    #expect(found[0].steps.map(\.line) == [7])
    #expect(found[0].steps[0].blocks.contains(.heading(level: 3, [.text("Deep")])))
    #expect(found[1].steps.map(\.title) == ["Two"])
    #expect(found[2].steps[0].blocks == [.paragraph([.text("d")])])
  }

  @Test("Each lesson of a document has its own links and diagnostics")
  func diagnostics() throws {
    let found = try lessons(
      "# One\n\n[a](b)\n\n# Two\n\n```lockstep\nrun nothing\n```\n\n[c](d)\n", name: "x.md")
    #expect(found.map { $0.links.map(\.destination) } == [["b"], ["d"]])
    #expect(found.map { $0.diagnostics.map(\.line) } == [[], [8]])
  }

  @Test("Front matter stays readable and provides the title")
  func frontMatter() throws {
    let front = "---\ntitle: 'The course'\nauthor: A. Writer\n---"
    let found = try lessons(front + "\n\n# One\n\na\n\n# Two\n\nb\n", name: "spec.txt")
    #expect(found.map(\.title) == ["One", "Two"])
    #expect(found[0].blocks.first == .html(front))
    #expect(found.last?.steps.first?.line == 10)
    let single = try lessons(front + "\n\nText.\n\n## In\n\na\n", name: "x.md")
    #expect(single.map(\.title) == ["The course"])
    #expect(single[0].steps.map(\.line) == [8])
    #expect(try lesson(front + "\n\n# One\n\na\n").title == "One")
    let dots = try lessons("---\ntitle: T\n...\n\nText.\n", name: "x.md")
    #expect(dots[0].title == "T")
    let rule = try lessons("---\n\nText: and more\n\n---\n", name: "x.md")
    #expect(rule[0].blocks == [.rule, .paragraph([.text("Text: and more")]), .rule])
  }

  @Test("Markdown without headings is divided like plain text and stays Markdown")
  func divided() throws {
    let found = try lessons(
      "1. Alpha\n\nSome *text* about it.\n\n2. Beta\n\nSee [there](x).\n\n```lockstep\nrun none\n```\n",
      name: "x.md")
    #expect(found.map(\.title) == ["Alpha", "Beta"])
    #expect(
      found[0].blocks == [
        .paragraph([.text("Some "), .emphasis([.text("text")]), .text(" about it.")])
      ])
    #expect(found[1].links.map(\.line) == [7])
    #expect(found[1].diagnostics.map(\.line) == [10])
  }

  @Test("Only definitions without a reference are shown as text")
  func definitions() throws {
    let found = try lessons(
      "See [a].\n\n[a]: /used\n[b]: /unused \"why\"\n\n[^n]: a note\n\nEnd.\n", name: "x.md")
    #expect(
      found[0].blocks == [
        .paragraph([.text("See "), .link([.text("a")], destination: "/used"), .text(".")]),
        .html("[b]: /unused \"why\""), .html("[^n]: a note"), .paragraph([.text("End.")]),
      ])
  }

  @Test(
    "Nothing, or next to nothing, is a document too", arguments: ["", "\n", "x", "\u{0C}", "# T"])
  func small(text: String) throws {
    for name in ["x.md", "x.txt", "-", ""] {
      let found = try lessons(text, name: name)
      #expect(found.count == 1)
    }
  }

  @Test("A document over the limit is refused")
  func limit() {
    var limits = DocumentLimits()
    limits.bytes = 10
    #expect(throws: DocumentError.tooLarge(file: "x", bytes: 11, limit: 10)) {
      try CourseLoader(catalog: catalog, limits: limits).lessons(name: "x", text: "12345678901")
    }
  }
}

@Suite("Offers of demos")
struct OfferTests {
  private static let loader = CourseLoader(
    catalog: catalog, listings: ResemblanceTests.listings)
  private static let program = ResemblingCode.all["two threads and a list"]?.texts.first ?? ""

  private func runs(_ text: String, name: String = "x.md") throws -> [[String]] {
    try Self.loader.lessons(name: name, text: text).flatMap { lesson in
      lesson.steps.map { $0.runs.map { $0.words.joined(separator: " ") } }
    }
  }

  @Test("An offer follows the code, and the rest of the document does not change")
  func offer() throws {
    let text = "# T\n\n## S\n\n```python\n\(Self.program)\n```\n\nend\n"
    let blocks = try Self.loader.lessons(name: "x.md", text: text)[0].steps[0].blocks
    #expect(blocks.count == 3)
    guard case .run(let run) = blocks[1] else {
      Issue.record("no offer")
      return
    }
    #expect(run.isOffered)
    #expect(run.request?.demo.id == "producer-consumer")
    #expect(
      blocks.filter { $0 != .run(run) } == (try lessons(text, name: "x.md")[0].steps[0].blocks))
  }

  @Test("A step offers each demo once, and not if it already runs the demo")
  func once() throws {
    let code = "```python\n\(Self.program)\n```\n\n"
    #expect(
      try runs("## A\n\n" + code + code + "## B\n\n" + code) == [
        ["producer-consumer"], ["producer-consumer"],
      ])
    let asked = "```lockstep\nrun producer-consumer items=3\n```\n"
    #expect(try runs("## A\n\n" + code + asked) == [["producer-consumer items=3"]])
  }

  @Test("Code in lists, quotes and introductions, or without a fence, gets an offer too")
  func places() throws {
    let indented = Self.program.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "  " + $0 }.joined(separator: "\n")
    #expect(try runs("- so:\n\n  ```python\n\(indented)\n  ```\n") == [["producer-consumer"]])
    #expect(
      try runs("# T\n\n```python\n\(Self.program)\n```\n\n## A\n\na\n") == [
        ["producer-consumer"], [],
      ])
    #expect(
      try runs("1. Lists\n\nSo:\n\n\(Self.program)\n\n2. More\n\nText.\n", name: "x.txt") == [
        ["producer-consumer"], [],
      ])
  }

  @Test("Documents that were written as lessons get no offers")
  func own() throws {
    let lesson = try Self.loader.lesson(name: "x.md", text: "```python\n\(Self.program)\n```\n")
    #expect(lesson.steps[0].runs.isEmpty)
  }

  @Test("The right listing is found among forty similar ones")
  func forty() {
    let verbs = ["put", "take", "push", "wait", "poll", "send", "turn", "hold", "draw", "read"]
    var subjects = ResemblanceTests.listings.map { (demo: $0.name, text: $0.text) }
    for index in 0..<37 {
      let verb = verbs[index % 10]
      let text = """
        import threading
        import time
        guard = threading.Lock()
        def work():
            for n in range(10):
                time.sleep(0.1)
                with guard:
                    thing.\(verb)_\(index)(n)
                    other.\(verb)(n)
        one = threading.Thread(target=work)
        one.start()
        one.join()
        """
      subjects.append((demo: "other-\(index)", text: text))
    }
    let resemblance = DemoResemblance(of: subjects)
    let files = Dictionary(
      catalog.demos.map { ($0.id, $0.listing) }, uniquingKeysWith: { first, _ in first })
    for code in ResemblingCode.all.values {
      for text in code.texts {
        let block = CodeBlock(language: "python", text: text, line: 1)
        #expect(resemblance.demo(for: block) == files[code.demo])
      }
    }
    for text in ResemblingCode.strange {
      #expect(resemblance.demo(for: CodeBlock(language: nil, text: text, line: 1)) == nil)
    }
    for subject in subjects {
      // A listing with too few unusual traits matches nothing rather than another listing.
      let found = resemblance.demo(for: CodeBlock(language: nil, text: subject.text, line: 1))
      #expect(found == subject.demo || found == nil && subject.demo.hasSuffix(".py"))
    }
  }
}

@Suite("Headings with HTML tags")
struct TaggedHeadingTests {
  @Test("Tags in a heading are not part of its title, but stay in its step")
  func anchors() throws {
    let text = "# <img src=\"x.png\"> A\n\nText.\n\n## <a name=\"two\"></a> Step  two\n\nMore.\n"
    let lesson = try #require(try lessons(text, name: "a.md").first)
    #expect(lesson.title == "A")
    let step = try #require(lesson.steps.last)
    #expect(step.title == "Step two")
    #expect(step.blocks.first == .html("<a name=\"two\"> </a>"))
  }

  @Test("A heading that contains only tags keeps them")
  func tagsAlone() throws {
    let lesson = try #require(try lessons("# A\n\n## <b></b>\n\nx\n", name: "a.md").first)
    #expect(lesson.steps[0].title == "<b></b>")
  }
}

@Suite("The words of a fence")
struct FenceInfoTests {
  @Test("The words after the language are an aside, and a file name is the listing")
  func asides() throws {
    let text = "# A\n\n```js title=\"app.js\" {3}\nx\n```\n\n```python work.py\ny\n```\n"
    let code = try #require(try lessons(text, name: "a.md").first).code
    #expect(code.map { $0.asides.map(\.text) } == [["title=\"app.js\" {3}"], []])
    #expect(code.last?.listing == "work.py")
  }
}

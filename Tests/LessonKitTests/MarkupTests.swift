import Catalog
import TestNumbers
import Testing

@testable import LessonKit

@Suite("Documents in other markup languages")
struct MarkupTests {
  private func read(_ text: String, _ name: String) throws -> [Lesson] {
    try CourseLoader(catalog: catalog).lessons(name: name, text: text)
  }

  private func markdown(_ text: String, _ markup: Markup) throws -> [String] {
    try markup.markdown(of: text).split(separator: "\n").map(String.init)
  }

  // MARK: Formats

  @Test("The text decides about the format, then the ending")
  func formats() {
    let samples = [
      (MarkupSamples.restructuredText, "a.rst", Markup.restructuredText),
      (MarkupSamples.org, "a.org", .org), (MarkupSamples.asciiDoc, "a.adoc", .asciiDoc),
      (MarkupSamples.notebook, "a.ipynb", .notebook),
    ]
    for (text, name, markup) in samples {
      for name in [name, "README", "notes.txt", "-"] {
        #expect(Markup(name: name, text: text) == markup, "\(name)")
      }
      #expect(Markup(name: "a.md", text: text) == nil)
    }
    #expect(Markup(name: "a.rst", text: "Words.") == .restructuredText)
    #expect(Markup(name: "a.rst", text: MarkupSamples.asciiDoc) == .asciiDoc)
    for plain in ["Title\n=====\n\nWords.", "* one\n* two", "1. A\n\ntext\n\n2. B", "{\"a\": 1}"] {
      #expect(Markup(name: "a.txt", text: plain) == nil, "\(plain)")
    }
    let shown = "# How to\n\n```\n.. note::\n.. code-block:: c\n```\n"
    #expect(Markup(name: "README", text: shown) == nil)
    #expect(Markup(name: "a.rst", text: "# A\n\n## B\n\nx\n\n## C\n\ny\n") == nil)
  }

  // MARK: reStructuredText

  @Test("reStructuredText has the steps of its titles, and code with its language")
  func restructuredText() throws {
    let lesson = try #require(read(MarkupSamples.restructuredText, "a.rst").first)
    #expect(lesson.title == "Harbour handbook")
    #expect(lesson.steps.map(\.title) == ["Mooring"])
    #expect(lesson.diagnostics == [])
    let code = lesson.code
    #expect(code.map(\.language) == [nil, "python", nil, nil, "python"])
    #expect(code[0].text == "tie(rope)\n    knot")
    #expect(code[1].text == "import winch\n\nwinch.turn(3)")
    #expect(code[2].text.hasPrefix("====== =====\nrope   metre"))
    #expect(code[4].text == ">>> heave(1)\nTrue")
  }

  @Test("reStructuredText's notes are quotes, and its lists are lists")
  func notesAndLists() throws {
    let lines = try markdown(MarkupSamples.restructuredText, .restructuredText)
    for line in [
      "# Harbour handbook", "## Mooring", "### Signals", "- **Author:** Ida Brandt",
      "Read mooring first, then `tide()` and `sea.wave`.",
      "*Calm* days, **rough** days and [the chart](<https://sea.example/chart>).",
      "See [gulls](<https://sea.example/gulls>) and [^1], at 3\\*4 and snake_case.",
      "[^1]: A note on gulls.", "> [!NOTE]", "> Wet ropes slip.", "> - twice",
      "> [!WARNING]", "> Mind the gap, always.", "> [!NOTE] New in version 3.4", "**winch.py**",
      "1. Look.", "   Twice.", "- port", "  - inner", "- **hawser**\\", "  A thick rope.",
      "Two short\\", "lines.", "<!-- a comment for sailors -->", "- `heave(rope, force=1)`",
      "  Pull the *rope*.", "![The pier](<pier.png>)", "The old pier.",
    ] { #expect(lines.contains(line), "\(line)\n\(lines.joined(separator: "\n"))") }
  }

  @Test("A section's title at the level of others is a lesson, and a PEP's title is its title")
  func titles() throws {
    let lessons = try read("One\n===\n\na\n\n.. note:: x\n\nTwo\n===\n\nb\n", "a.rst")
    #expect(lessons.map(\.title) == ["One", "Two"])
    let pep = try read(
      "PEP: 9\nTitle: Locks: why\nAuthor: A. B.\n        C. D.\n\n\nAbstract\n========\n\nx\n\n"
        + "Rationale\n=========\n\ny\n", "pep-9.rst")
    #expect(pep.map(\.title) == ["Locks: why"])
    #expect(pep[0].steps.map(\.title) == ["Abstract", "Rationale"])
  }

  @Test("Text in reStructuredText that looks like Markdown stays as it is")
  func escapes() throws {
    let lessons = try read(
      "Ab\n==\n\n1986 was\n- a dash\n# a hash\n`x`_ <b> [c](d) & \\*e\\* f_ ``*g*``\n", "a.rst")
    #expect(
      lessons[0].blocks == [
        .paragraph([
          .text("1986 was"), .softBreak, .text("- a dash"), .softBreak, .text("# a hash"),
          .softBreak, .text("x <b> [c](d) & *e* f_ "), .code("*g*"),
        ])
      ])
  }

  @Test("The text of a field is text, and a list in a field is a list below its name")
  func fields() throws {
    let lines = try markdown(
      ":Author: A. Person\n:Date: 3. May\n:Steps: 1. cut\n        2. glue\n\nWords.\n",
      .restructuredText)
    #expect(
      lines == [
        "- **Author:** A. Person", "- **Date:** 3\\. May", "- **Steps:**", "  1. cut",
        "  2. glue", "Words.",
      ])
  }

  @Test(
    "A note is one callout, with or without free lines around it",
    arguments: [
      (".. note:: Two\n   lines.\n", Markup.restructuredText),
      ("Before.\n.. note:: Two\n   lines.\nAfter.\n", .restructuredText),
      ("- .. note:: Two\n     lines.\n", .restructuredText),
      (".. note:: One.\n\n.. note:: Two lines.\n", .restructuredText),
      (".. note:: One.\n.. note:: Two\n   lines.\n", .restructuredText),
      (".Title\nNOTE: Two\nlines.\n", .asciiDoc), ("NOTE: One.\n\nNOTE: Two lines.\n", .asciiDoc),
      ("====\nOne.\n====\nNOTE: Two lines.\n", .asciiDoc),
    ])
  func callouts(text: String, markup: Markup) throws {
    let markdown = try markup.markdown(of: text)
    let blocks = try read("# A\n\n" + markdown, "a.md").flatMap(\.blocks)
    let texts = Self.callouts(in: blocks).map { blocks in
      blocks.map { if case .paragraph(let text) = $0 { text.plainText } else { "?" } }
        .joined(separator: "|")
    }
    #expect(texts.last == "Two lines.", "\(markdown)")
    #expect(texts.count == (text.contains("One") && !text.contains("==") ? 2 : 1), "\(markdown)")
  }

  private static func callouts(in blocks: [Block]) -> [[Block]] {
    blocks.flatMap { block -> [[Block]] in
      switch block {
      case .callout(_, let inside): [inside]
      case .list(_, _, let items): items.flatMap { callouts(in: $0.blocks) }
      default: []
      }
    }
  }

  // MARK: Org

  @Test("Org has the steps of its headings, code, quotes and tables")
  func org() throws {
    let lesson = try #require(read(MarkupSamples.org, "a.org").first)
    #expect(lesson.title == "Baking bread")
    #expect(lesson.steps.map(\.title) == ["TODO Flour (grain, wheat)", "Water"])
    #expect(lesson.diagnostics == [])
    #expect(lesson.code.map(\.language) == ["python", nil])
    #expect(lesson.code[0].text == "def sieve():\n    return 1\n* not a heading")
    let lines = try markdown(MarkupSamples.org, .org)
    for line in [
      "**Author:** Ola Nord", "<!-- OPTIONS: toc:nil -->",
      "Before *everything*, read [about flour](<https://bread.example/flour>) and [^1].",
      "<!-- PROPERTIES", "Use **strong** flour, `sieve()` it, `twice` and ~~never~~ rarely.",
      "### Kinds", "- rye", "  - dark", "- **wheat** — the common one", "1. mill", "2. sift",
      "> Bread needs time.", "| kind | gram |", "|---|---|", "<!-- a hidden remark -->",
      "Warm, see *Flour*.", "[^1]: The footnote.",
    ] { #expect(lines.contains(line), "\(line)\n\(lines.joined(separator: "\n"))") }
  }

  @Test("Org code ends where its lines end, whatever follows it")
  func directlyFollowed() throws {
    let code = "#+begin_example\nT1      T2\n   x\n#+end_example\n"
    let text = "* One\n| a | b |\n| c | d |\n\(code)After.\n: e\n* Two\n#+RESULTS:\n: f\nLast.\n"
    let lessons = try read(text, "a.org")
    #expect(lessons.map(\.title) == ["One", "Two"])
    #expect(
      lessons.flatMap(\.code).map(\.text) == [
        "| a | b |\n| c | d |", "T1      T2\n   x", "e", "f",
      ])
    #expect(lessons.flatMap(\.diagnostics) == [])
    #expect(lessons[1].blocks.last == .paragraph([.text("Last.")]))
  }

  @Test("Text directly below an Org table is no row of it, and a quote in a list ends")
  func orgTables() throws {
    let rows = "| a | b |\n|---+---|\n| c | d |\n"
    let blocks = try read("* One\n\n\(rows)After.\n", "a.org").flatMap(\.blocks)
    #expect(blocks.last == .paragraph([.text("After.")]))
    let quote = "#+begin_quote\nq\n#+end_quote\n"
    let lines = try markdown("- a\n  - b\n    - c\n\(quote)\nWords.\n: code\n", .org)
    #expect(lines.suffix(4) == ["Words.", "```", "code", "```"])
  }

  // MARK: AsciiDoc

  @Test("AsciiDoc has the steps of its sections, code, notes, lists and tables")
  func asciiDoc() throws {
    let lesson = try #require(read(MarkupSamples.asciiDoc, "a.adoc").first)
    #expect(lesson.title == "Clock repair")
    #expect(lesson.steps.map(\.title) == ["Tools", "Parts"])
    #expect(lesson.diagnostics == [])
    #expect(lesson.code == [CodeBlock(language: "python", text: "tick = 1\n# tock", line: 23)])
    let lines = try markdown(MarkupSamples.asciiDoc, .asciiDoc)
    for line in [
      "Intro with **bold**, *soft* and `code()`, [the shop](<https://clock.example>).",
      "**A list of tools**", "- file", "  - round file", "- hammer", "  A heavy one.", "1. first",
      "> [!NOTE]", "> Careful with springs.", "> [!WARNING]", "> They jump.", "> Far away.",
      "### Oils", "- **thin oil** — for pivots", "- **thick oil**\\", "  for springs",
      "| Oil | Price |", "| thin | 3 |", "> Time flies.", "> — Old master",
      "<!-- a private remark -->", "![The clock](<clock.png>)",
      "See the tools and (Rarely needed.)",
    ] { #expect(lines.contains(line), "\(line)\n\(lines.joined(separator: "\n"))") }
  }

  @Test("Two marks in AsciiDoc with a blank between them are text, also at the end")
  func looseMarks() throws {
    for text in ["a ^b c^", "a ~b c~", "a ^b c^d", "~b c~ `d`"] {
      let lesson = try #require(read("= T\n\n\(text)\n", "a.adoc").first)
      let words = lesson.blocks.map { block in
        if case .paragraph(let text) = block { text.plainText } else { "\(block)" }
      }
      #expect(words == [text.replacing("`", with: "")], "\(text)")
    }
  }

  // MARK: Notebooks

  @Test("A notebook is its cells in order, with outputs that are text")
  func notebook() throws {
    let lesson = try #require(read(MarkupSamples.notebook, "a.ipynb").first)
    #expect(lesson.title == "Waves")
    #expect(lesson.steps.map(\.title) == ["Shells"])
    #expect(
      lesson.code.map(\.text) == [
        "import math\nprint(math.pi)", "3.14159", "<Figure>", "open fence", "%%bash\nls",
        "OSError: no shell", "raw words",
      ])
    #expect(
      lesson.code.map(\.language) == ["python", "text", "text", nil, "bash", "text", nil])
  }

  @Test("An old notebook has lines without newlines, and cells in sheets")
  func oldNotebook() throws {
    let cell = #"{"cell_type": "code", "input": ["a = 1", "b = 2"], "language": "python"}"#
    let text = #"{"worksheets": [{"cells": [\#(cell)]}], "nbformat": 2}"#
    let lesson = try #require(read(text, "a.ipynb").first)
    #expect(lesson.code.map(\.text) == ["a = 1\nb = 2"])
  }

  @Test("A broken notebook is shown as text, with a message")
  func brokenNotebook() throws {
    for text in ["{\"cells\": [\n{\"cell_type\"", "{\"a\": 1}"] {
      let lesson = try #require(read(text, "a.ipynb").first)
      #expect(lesson.diagnostics.map(\.severity) == [.error])
      #expect(lesson.code.map(\.text) == [text])
    }
  }

  // MARK: All of them

  private static let samples: [(String, Markup)] = [
    (MarkupSamples.restructuredText, .restructuredText), (MarkupSamples.org, .org),
    (MarkupSamples.asciiDoc, .asciiDoc),
  ]

  @Test("Each line of Markdown is at the place of its source", arguments: samples.indices)
  func lines(sample: Int) throws {
    let (text, markup) = Self.samples[sample]
    let source = text.split(separator: "\n", omittingEmptySubsequences: false)
    let result = try markup.markdown(of: text).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(result.count == source.count)
    for (line, written) in zip(source, result) where line.contains("The end.") {
      #expect(written.contains("The end."))
    }
  }

  @Test("No word is lost but those of the markup", arguments: samples.indices)
  func words(sample: Int) throws {
    let (text, markup) = Self.samples[sample]
    let markupWords: Set = [
      "block", "code", "ref", "linenos", "moor", "harbour", "func", "note", "warning",
      "versionadded",
      "linenos", "caption", "figure", "alt", "function", "gulls", "title", "author", "begin", "end",
      "src", "quote", "fn", "source", "python", "shop", "image", "footnote", "tools",
    ]
    let told = Set(Self.words(in: try markup.markdown(of: text)))
    let lost = Self.words(in: text).filter { !told.contains($0) && !markupWords.contains($0) }
    #expect(lost == [])
  }

  private static func words(in text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  @Test("A document that is cut anywhere still opens, with its words", arguments: samples.indices)
  func cutDocuments(sample: Int) throws {
    let (text, markup) = Self.samples[sample]
    for length in stride(from: 0, to: text.count, by: 7) {
      let part = String(text.prefix(length))
      let lines = try markup.markdown(of: part).split(
        separator: "\n", omittingEmptySubsequences: false)
      let count = part.split(separator: "\n", omittingEmptySubsequences: false).count
      #expect((count...(count + 2)).contains(lines.count), "cut at \(length)")
    }
  }

  @Test("Shuffled lines and signs stop nobody", arguments: samples.indices)
  func shuffled(sample: Int) throws {
    let (text, markup) = Self.samples[sample]
    var random = Seeded(UInt64(sample) + 7)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for _ in 0..<40 {
      let some = lines.shuffled(using: &random).map { line in
        String(repeating: " ", count: Int.random(in: 0..<6, using: &random)) + line
      }
      _ = try CourseLoader(catalog: catalog).lessons(
        name: "x", text: markup.markdown(of: some.joined(separator: "\n")))
    }
  }

  @Test("Code is closed and text stays text, whatever follows what", arguments: samples.indices)
  func sequences(format: Int) throws {
    let markup = Self.samples[format].1
    var random = Seeded(UInt64(format) + 111)
    for _ in 0..<100 {
      var source: [String] = []
      for number in 0..<Int.random(in: 1..<9, using: &random) {
        let piece = MarkupSamples.pieces(of: markup).randomElement(using: &random) ?? ""
        source.append(piece.replacing("%", with: "\(number + 10)"))
        if Bool.random(using: &random) { source.append("") }
      }
      try check(source.joined(separator: "\n"), markup, isWhole: true)
    }
  }

  @Test("Loose lines of blocks leave no code open and lose no word", arguments: samples.indices)
  func looseLines(format: Int) throws {
    let markup = Self.samples[format].1
    let lines = MarkupSamples.pieces(of: markup).flatMap { $0.split(separator: "\n") }
    var random = Seeded(UInt64(format) + 113)
    for _ in 0..<100 {
      let some = (0..<12).map { number in
        (lines.randomElement(using: &random) ?? "").replacing("%", with: "\(number + 10)")
      }
      try check(some.joined(separator: "\n"), markup, isWhole: false)
    }
  }

  /// Checks that the translation closes its fences and has the words of the document.
  /// - Parameter isWhole: whether each block has its end, so that words named `text` are not in code
  ///   and words named `code` are.
  private func check(_ source: String, _ markup: Markup, isWhole: Bool) throws {
    let markdown = try markup.markdown(of: source)
    let lessons = try read(markdown, "a.md")
    let open = lessons.flatMap(\.diagnostics).filter { $0.message.contains("never closed") }
    let told = markdown.lowercased()
    let words = Self.words(in: source).filter { $0.last?.isNumber ?? false }
    let lost = words.filter { !told.contains($0) }
    let code = Self.words(in: lessons.flatMap(\.code).map(\.text).joined(separator: "\n"))
    let swallowed = isWhole ? code.filter { $0.hasPrefix("text") } : []
    let shown = isWhole ? words.filter { $0.hasPrefix("code") && !code.contains($0) } : []
    #expect(
      open.isEmpty && lost + swallowed + shown == [], "\(source)\n=====>\n\(markdown)")
  }

  @Test(
    "Marks without partners cost linear time",
    arguments: [
      ("*a ", Markup.restructuredText), ("`a ", .restructuredText), (":a:", .restructuredText),
      ("https://", .restructuredText), ("=== ===\na\n", .restructuredText), ("*/_+", .org),
      ("[[a ", .org), ("#+begin_src\n", .org), ("#+begin_quote\n", .org), (":A:\n", .org),
      ("link:a[", .asciiDoc), ("http:", .asciiDoc), ("_*", .asciiDoc), ("<<a ", .asciiDoc),
    ])
  func linear(piece: String, markup: Markup) throws {
    let growth = try TimeGrowth.measure(upTo: 60_000) { length in
      _ = try markup.markdown(of: String(repeating: piece, count: length / piece.utf8.count))
    }
    #expect(growth < TimeGrowth.quadratic)
  }

  @Test("A long value with many uses does not make a document huge")
  func amplification() throws {
    let value = String(repeating: "x", count: 50_000)
    for (text, markup) in [
      (":a: \(value)\n\n" + String(repeating: "{a} ", count: 20_000), Markup.asciiDoc),
      (".. _a: http://\(value)\n\n" + String(repeating: "a_ ", count: 20_000), .restructuredText),
      (
        ".. |a| replace:: \(value)\n\n" + String(repeating: "|a| ", count: 20_000),
        .restructuredText
      ),
    ] { #expect(try markup.markdown(of: text).utf8.count < 10_000_000) }
  }
}

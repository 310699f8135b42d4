import LessonKit
import Testing

/// The lint messages for a document that has a few files beside it.
func lintMessages(_ text: String, beside files: [(name: String, text: String)] = []) throws
  -> [String]
{
  let lint = LessonLint(neighbours: LintNeighbours(files: files))
  return lint.diagnostics(of: [try lesson(text)], text: text).map {
    $0.description.replacing("03-some-thing.md:", with: "")
  }
}

@Suite("The lint of code")
struct LintCodeTests {
  private func messages(_ text: String) throws -> [String] {
    try lintMessages("# T\n" + text, beside: [("x.py", "def f():\n    a()\n\n    b()\nf()\n")])
  }

  @Test(
    "accepts a part of a listing, even with less indentation",
    arguments: ["def f():\n    a()", "a()\n\nb()", "    b()\nf()"])
  func sameCode(code: String) throws {
    #expect(try messages("```python x.py\n\(code)\n```\n") == [])
    let crlf = "```python x.py\n\(code)\n```\n".replacing("\n", with: "\r\n")
    #expect(try messages(crlf) == [])
  }

  @Test("reports the line where a part differs from its listing")
  func otherCode() throws {
    #expect(
      try messages("```python x.py\ndef f():\n    c()\n```\n") == [
        "4:5: this line is \"c()\", but line 2 of x.py is \"a()\""
      ]
    )
    #expect(
      try messages("```python x.py\nf()\ndef f():\n```\n") == ["4:1: x.py ends at line 5"])
    #expect(
      try messages("```python x.py\ndef f():\n  a()\n```\n")
        == ["3:1: x.py is indented differently from line 1 on"])
    #expect(
      try messages("```python x.py\nnothing\n```\n") == ["3:1: x.py contains none of these lines"])
    #expect(
      try messages("> - ```python x.py\n>   a()\n>   b()\n>   ```\n")
        == ["4:5: this line is \"b()\", but line 3 of x.py is empty"])
  }

  @Test("reports a missing listing, but ignores an option of another program")
  func noListing() throws {
    #expect(
      try messages("- ```python y.py\n  f()\n  ```\n")
        == ["2:1: there is no listing y.py beside this document"])
    #expect(try messages("```python title=\"y.py\"\n```\n\n```python linenums\n```\n") == [])
  }

  @Test("finds a misspelled lockstep", arguments: ["lockstp", "Lockstep", "lock-step"])
  func misnamed(word: String) throws {
    #expect(
      try messages("- ```\(word)\n  run factorial\n  ```\n")
        == ["2:1: warning: a \"\(word)\" block runs nothing; did you mean lockstep?"])
    #expect(try messages("```lock\na\n```\n\n```text\na\n```\n") == [])
  }

  @Test("warns about a fence that is never closed, at its line")
  func unclosed() throws {
    let warning = "warning: this fence is never closed, so the rest of the document is code"
    #expect(try messages("\na\n\n```python\nb = 1\n\n## C\n") == ["5:1: \(warning)"])
    #expect(try messages("~~~\n```\n") == ["2:1: \(warning)"])
    #expect(try messages("```\n") == ["2:1: \(warning)"])
    #expect(try messages("> ```\n> a\n\nb\n") == ["2:3: \(warning)"])
  }

  @Test(
    "accepts a fence that is closed in any way",
    arguments: [
      "```\na\n```", "````\n```\na\n`````  \n", "~~~ text\na\n  ~~~\n", "- ```\n  a\n  ```\n",
      "> - ```\n>   a\n>   ```\n", "```\r\na\r\n```\r\n", "    a = 1\n    ```\n", "```\n```\n",
    ])
  func closed(code: String) throws {
    #expect(try messages(code) == [])
  }

  @Test("warns about a tab in Python, but not in other languages")
  func tabs() throws {
    #expect(
      try messages("```python\nif a:\n \tb\n```\n")
        == ["4:2: warning: tab in Python code; indent with spaces"])
    #expect(try messages("```make\na:\n\tb\n```\n") == [])
  }

  @Test("limits the comparison of code with listings, and reports where it stops")
  func bounded() throws {
    let long = (0..<20_000).map { "line\($0)" }.joined(separator: "\n")
    let block = "```python x.py\nline1\nline2\n```\n"
    let found = try lintMessages(
      "# T\n" + String(repeating: block, count: 1000), beside: [("x.py", long)])
    #expect(found.count == 1)
    #expect(found.first?.contains("too much code to compare with listings") == true)
  }

  @Test("reports the first byte of a document that is not UTF-8")
  func encoding() {
    #expect(LessonLint.encoding(of: Array("né\r\nab".utf8), file: "a.md") == nil)
    let broken = Array("né\r\nab".utf8) + [0xE9, 0x63]
    #expect(
      LessonLint.encoding(of: broken, file: "a.md")?.description
        == "a.md:2:3: the byte 0xE9 is not UTF-8; save the file as UTF-8")
    #expect(LessonLint.encoding(of: [0xC3], file: "a.md")?.column == 1)
  }
}

@Suite("The lint of runs")
struct LintRunTests {
  @Test(
    "points at the wrong word and says what to do",
    arguments: [
      ("run factorail", "5", "did you mean factorial?"),
      ("run  factorial   wrkers=2", "18", "did you mean workers?"),
      ("run pool-sizing tasks=99999999 rounds=1", "23", "allowed is 1...10000"),
      ("run factorial workers=many", "23", "wanted a whole number"),
      ("run factorial first=3 first=4", "23", "given twice"),
      ("run factorial first", "15", "is not name=value"),
      ("run factorial workers=2 --engine nativ", "34", "available: native"),
      ("run factorial --engine=nativ", "24", "available: native"),
      ("run factorial --engine", "15", "available: native"),
      ("run factorial first=9 last=3", "15", "is greater than"),
    ])
  func word(run: String, column: String, hint: String) throws {
    let found = try lintMessages("# T\n\n```lockstep\n\(run)\n```\n")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("4:\(column): ") == true, "\(found)")
    #expect(found.first?.contains(hint) == true, "\(found)")
  }

  @Test("points at the right byte in a list in a quote with CR LF")
  func nested() throws {
    let text = "# T\r\n\r\n> 1. é\r\n>\r\n>    ```lockstep\r\n>    run factorail\r\n>    ```\r\n"
    #expect(try lintMessages(text).map { $0.prefix(5) } == ["6:10:"])
  }

  @Test("points at a block with other content")
  func somethingElse() throws {
    let found = try lintMessages("# T\n\n- ```lockstep\n  rm -rf /\n  ```\n")
    #expect(found.map { $0.prefix(5) } == ["3:3: "])
    #expect(found.first?.contains("shown as text") == true)
  }
}

@Suite("The lint of a course")
struct LintCourseTests {
  @Test("finds two lessons with the same number")
  func numbers() throws {
    let lessons = try ["04-b.md", "04-a.md", "05-c.md", "d.md", "e.md"].map {
      try CourseLoader(catalog: catalog).lesson(name: $0, text: "# T\n")
    }
    #expect(
      LessonLint.numbers(of: lessons).map(\.description)
        == ["04-b.md:1:1: 04-a.md is lesson 4 too; give this one another number"])
  }

  @Test(
    "reports the same number as an error in one folder, and as a warning in two folders")
  func folders() throws {
    let lessons = try ["c/7-a.md", "c/sub/07-b.md", "c/sub/7-c.md"].map {
      try CourseLoader(catalog: catalog).lesson(name: $0, text: "# T\n")
    }
    let rest = "is lesson 7 too; give this one another number"
    #expect(
      LessonLint.numbers(of: lessons).map(\.description) == [
        "c/sub/07-b.md:1:1: warning: c/7-a.md \(rest)",
        "c/sub/7-c.md:1:1: c/sub/07-b.md \(rest)",
      ])
  }

  @Test("finds a listing that no lesson shows, if any lesson shows a listing")
  func unshown() throws {
    let loader = CourseLoader(catalog: catalog)
    let showing = try loader.lesson(name: "d/a.md", text: "```python x.py\na\n```\n")
    #expect(LessonLint.listings(shownBy: showing) == ["d/x.py"])
    #expect(
      LessonLint.unshown(["d/x.py", "d/y.py"], by: [showing]).map(\.description)
        == ["d/y.py:1:1: warning: no lesson shows this listing"])
    let running = try loader.lesson(
      name: "d/a.md", text: "# T\n\n```lockstep\nrun factorial\n```\n")
    #expect(LessonLint.unshown(["d/factorials.py"], by: [running]) == [])
    let other = try loader.lesson(name: "d/a.md", text: "# T\n")
    #expect(LessonLint.unshown(["d/y.py"], by: [other]) == [])
  }
}

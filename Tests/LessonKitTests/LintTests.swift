import LessonKit
import Testing

@Suite("The lint finds what is wrong with a lesson")
struct LintTests {
  private let lint = LessonLint(
    listings: [Listing(name: "x.py", text: "def f():\n    a()\n\n    b()\nf()\n")],
    files: ["05-next.md", "pictures/p.png"])

  private func messages(_ text: String) throws -> [String] {
    lint.diagnostics(of: try lesson(text)).map { "\($0)" }
  }

  @Test(
    "code that is a part of its listing is right, also when it is indented less",
    arguments: ["def f():\n    a()", "a()\n\nb()", "    b()\nf()"])
  func sameCode(code: String) throws {
    #expect(try messages("```python x.py\n\(code)\n```\n") == [])
  }

  @Test("code that its listing does not have is named, with the line")
  func otherCode() throws {
    #expect(
      try messages("```python x.py\ndef f():\n    c()\n```\n")
        == ["03-some-thing.md:3:1: x.py has no such line"])
    #expect(
      try messages("```python x.py\nf()\ndef f():\n```\n")
        == ["03-some-thing.md:1:1: these lines stand otherwise in x.py"])
    #expect(
      try messages("- ```python y.py\n  f()\n  ```\n")
        == ["03-some-thing.md:1:1: there is no listing y.py"])
  }

  @Test("a relative link must lead to a file of the course")
  func links() throws {
    #expect(
      try messages("[a](05-next.md#top) ![b](./pictures/p.png) [c](https://x.org) [d](#e)\n") == [])
    #expect(
      try messages("x\n\n- *[a](06-gone.md)*\n")
        == ["03-some-thing.md:3:3: the link to 06-gone.md leads nowhere"])
  }
}

import LessonKit
import Testing

@Suite("Code without a fence")
struct PlainCodeTests {
  private static let program = """
    import threading
    import time

    # what both of them use
    shared = []

    def add():
        for number in range(10):
            time.sleep(0.1)
            with lock:
                shared.append(number)

    if __name__ == "__main__":
        add()
    """

  private func code(_ text: String) throws -> [CodeBlock] {
    try lessons(text).flatMap(\.code)
  }

  @Test("A program is one block of Python, including blank lines and comments")
  func program() throws {
    let found = try code("Here it is:\n\n" + Self.program + "\n\nThat was it, and now for more.\n")
    #expect(found == [CodeBlock(language: "python", text: Self.program, line: 3)])
    let direct = try code("Here it is:\n" + Self.program + "\n")
    #expect(direct.map(\.text) == [Self.program])
  }

  @Test("A program with page breaks is one block, with headers and footers as asides")
  func pages() throws {
    let lines = Self.program.split(separator: "\n", omittingEmptySubsequences: false)
    let text =
      "It begins.\n\n" + lines[..<9].joined(separator: "\n")
      + "\n\nNotes   Page 1\n\u{0C}\nThe course\n\n" + lines[9...].joined(separator: "\n")
      + "\n\nIt ends.\n\nNotes   Page 2\n\u{0C}The course\n\nMore.\n\nNotes   Page 3\n"
    let found = try code(text)
    #expect(found.map(\.text) == [Self.program])
    #expect(
      found.first?.asides == [
        CodeBlock.Aside(line: 9, text: "Notes   Page 1"),
        CodeBlock.Aside(line: 9, text: "The course"),
      ])
  }

  @Test("A blank line after each line of code is dropped")
  func spread() throws {
    let lines = Self.program.split(separator: "\n")
    #expect(
      try code("So:\n\n" + lines.joined(separator: "\n\n")).map(\.text) == [
        lines.joined(separator: "\n")
      ])
  }

  @Test("Code without indentation is code")
  func flat() throws {
    let lines = Self.program.split(separator: "\n").map { $0.drop { $0 == " " } }
    let text = lines.joined(separator: "\n")
    #expect(try code("So:\n\n" + text + "\n\nAnd on it goes.\n").map(\.text) == [text])
  }

  @Test(
    "Prose that mentions code is prose",
    arguments: [
      "For this reason (as it were) nothing happens, for example: nothing.",
      "if you want to see this:\nlook at the screen",
      "The function print() writes, and range(10) counts.",
      "with care: that is how it is done",
      "import duties were raised",
      "while we wait, the thread (a real one) sleeps;",
      "from there he went on",
      "a word = what you make of it",
      "class struggle and the return of the import",
      "Thread(s) and process(es) are different.",
    ])
  func prose(text: String) throws {
    #expect(try code("Before.\n\n" + text + "\n\nAfter.\n").isEmpty)
  }

  @Test("Shell commands, languages with braces and Python sessions are code")
  func others() throws {
    #expect(try code("Do:\n\n$ ls -l\ntotal 0\n\nDone.\n").map(\.text) == ["$ ls -l\ntotal 0"])
    #expect(
      try code("Do:\n\nfor (int i = 0; i < 3; i++) {\n  puts(\"a\");\n}\n\nDone.\n").map(\.text)
        == ["for (int i = 0; i < 3; i++) {\n  puts(\"a\");\n}"])
    #expect(try code("Do:\n\n>>> 1 + 1\n2\n").first?.language == "python")
    #expect(
      try code("A paragraph of some words.\n\n    indented   by * hand\n    twice [1]\n").count == 1
    )
  }

  @Test("The output after a program keeps its lines")
  func output() throws {
    let text =
      "So:\n\n" + Self.program + "\n\nOutput:\n\nadded 0, one\nadded 1, two\nadded 2, six\n"
    let blocks = try #require(try lessons(text).first).blocks
    guard case .paragraph(let output) = blocks.last else {
      Issue.record("no paragraph")
      return
    }
    #expect(output.count { $0 == .lineBreak } == 2)
  }

  @Test("A triple-quoted string belongs to the code around it")
  func quotes() throws {
    let text =
      "def add():\n    \"\"\"Adds numbers to a list.\n\n    This is a sentence of its own.\n    \"\"\"\n    return 1"
    #expect(try code("So:\n\n" + text + "\n\nEnd of it.\n").map(\.text) == [text])
  }
}

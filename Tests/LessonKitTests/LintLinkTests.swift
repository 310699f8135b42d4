import LessonKit
import Synchronization
import TestNumbers
import Testing

@Suite("The lint of links")
struct LintLinkTests {
  private func messages(_ text: String) throws -> [String] {
    try lintMessages(
      text,
      beside: [
        ("05-next.md", "# Next\n\n## A *lock*, `held`!\n\n## Twice\n\n## Twice\n"),
        ("pictures/p.png", ""), ("my file.txt", ""), ("a(b).md", "# A\n"),
      ])
  }

  @Test("accepts links to files and headings, and ignores web addresses")
  func right() throws {
    let text = """
      # T é

      ## Some_thing: *new*!

      [a](05-next.md#next) ![b](./pictures/p.png) [c](https://x.org) [d](#t-é) [e](#) [f](#top)
      [g](05-next.md#a-lock-held) [h](05-next.md#twice-1) [i](#some_thing-new) [j](my%20file.txt)
      [k](a(b).md) [l](<my file.txt>) [m](mailto:a@b.c) [n](#%63ustom) [o](/root.md) [p](#second)

      <a id="custom"></a> text <a name='second'>x</a>
      """
    #expect(try messages(text) == [])
  }

  @Test("reports a missing file at the place of the address")
  func files() throws {
    #expect(
      try messages("# T\n\n- *[中文](06-gone.md)* and\n  ![b](q.PNG)\n")
        == ["3:13: the link to 06-gone.md is broken", "4:8: the image q.PNG does not exist"])
    #expect(try messages("# T\n\n> x\n> [a](../05-next.md)\n").map { $0.prefix(5) } == ["4:7: "])
    #expect(try messages("# T\n\n[a]()\n") == ["3:5: link without an address"])
  }

  @Test("limits the number of suggestions")
  func suggestions() throws {
    let text = "# T\n\n## Some heading\n\n" + String(repeating: "[a](#some-headin)\n", count: 60)
    let found = try messages(text)
    #expect(found.count == 60)
    #expect(found.count { $0.hasSuffix("(did you mean #some-heading?)") } == 50)
    // Each link has a different address.
    #expect(found.map { $0.prefix { $0 != " " } } == (5..<65).map { "\($0):5:" })
  }

  @Test("reads each linked document once")
  func readOnce() throws {
    let reads = Mutex(0)
    let lint = LessonLint(
      neighbours: LintNeighbours(
        exists: { _ in true }, listing: { _ in nil },
        anchors: { _ in
          reads.withLock { $0 += 1 }
          return ["one"]
        }))
    let text = "# T\n\n" + String(repeating: "[a](b.md#one) [c](d.md#two)\n", count: 20)
    for _ in 0..<2 {
      #expect(lint.diagnostics(of: [try lesson(text)], text: text).count == 20)
    }
    #expect(reads.withLock { $0 } == 2)
  }

  @Test("checks thousands of broken links in linear time")
  func manyLinks() throws {
    let growth = try TimeGrowth.measure(upTo: 2_000) { count in
      let headings = (0..<count / 2).map { "## h\($0)\n" }.joined()
      let text = "# T\n\n" + headings + "\n" + String(repeating: "[a](#none) ", count: count)
      let messages = try messages(text)
      #expect(messages.count == count)
    }
    #expect(growth < TimeGrowth.quadratic)
  }

  @Test("points at the definition of a reference link")
  func definitions() throws {
    #expect(
      try messages("# T\n\nsee [a][b]\n\n[b]: gone.txt\n")
        == ["5:6: the link to gone.txt is broken"])
  }

  @Test("points at the block if the source spells an address differently, or it is very long")
  func otherwise() throws {
    #expect(
      try messages("# T\n\nx [a](g\\_h.md)\n") == ["3:1: the link to g_h.md is broken"])
    let long = String(repeating: "x", count: 1500)
    #expect(try messages("# T\n\nx [a](\(long))\n").map { $0.prefix(5) } == ["3:1: "])
    let open = String(repeating: "](", count: 20_000)
    #expect(try messages("# T\n\n\(open)\n") == [])
  }

  @Test("distinguishes several links to one address, even in a footnote")
  func several() throws {
    let text = "# T\n\n[a](g.md) [b](g.md)[^1]\n\n[^1]: [c](g.md)\n\n[d](g.md)\n"
    #expect(
      try Set(messages(text).map { $0.prefix(4) }) == ["3:5:", "3:15", "5:11", "7:5:"])
  }

  @Test("reports an anchor without a heading, with the closest one")
  func anchors() throws {
    #expect(
      try messages("# T\n\n## Look, then take\n\n[a](#look-then-tak) [b](05-next.md#nxt)\n")
        == [
          "5:5: no heading of this document has the anchor #look-then-tak "
            + "(did you mean #look-then-take?)",
          "5:25: no heading of 05-next.md has the anchor #nxt (did you mean #next?)",
        ])
  }
}

@Suite("The lint of headings")
struct LintHeadingTests {
  @Test("warns about an empty heading")
  func empty() throws {
    #expect(
      try lintMessages("# T\n\n## \n\na\n\n## `b`\n") == ["3:1: warning: this heading is empty"])
  }

  @Test("reports a missing title, but accepts one below an image")
  func title() throws {
    #expect(
      try lintMessages("## A\n\nx\n")
        == ["1:1: warning: the lesson has no # heading; its title is \"Some thing\""])
    #expect(try lintMessages("text\n\n# A\n") == [])
    #expect(try lintMessages("A\n=\n\nB\n-\n") == [])
  }

  @Test("finds a skipped level, even inside a quote")
  func levels() throws {
    #expect(
      try lintMessages("# T\n\n> ### Deep\n\n## A\n\n### B\n")
        == ["3:3: warning: this heading skips a level; after # use ##, not ###"])
  }

  @Test("finds two steps with the same title")
  func steps() throws {
    #expect(
      try lintMessages("# T\n\n## A\n\n## B\n\n## A\n")
        == ["7:1: warning: step 3 has the same title as step 1"])
  }
}

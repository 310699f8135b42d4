import LessonKit
import Testing

@Suite("HTML with a meaning")
struct MeaningfulHTMLTests {
  private func paragraph(_ text: String) throws -> [Inline] {
    guard case .paragraph(let inlines) = try blocks(text).first else { return [] }
    return inlines
  }

  @Test("Keys, indices, powers and emphasis are what they mean")
  func pairs() throws {
    #expect(
      try paragraph("Press <kbd>Ctrl</kbd>+<KBD>C</KBD> now")
        == [.text("Press "), .code("Ctrl"), .text("+"), .code("C"), .text(" now")])
    #expect(
      try paragraph("H<sub>2</sub>O") == [.text("H"), .subscript([.text("2")]), .text("O")])
    #expect(
      try paragraph("a <b>bold <i>both</i></b> <mark>m</mark>")
        == [
          .text("a "), .strong([.text("bold "), .emphasis([.text("both")])]), .text(" m"),
        ])
  }

  @Test("Indices and powers are signs of one line")
  func scripts() throws {
    let text = "O(n<sup>2</sup>) x<sub>max</sub> 2<sup>n+1</sup> 2<sup>k + 1</sup> 1<sup>st</sup>"
    #expect(try paragraph(text).plainText == "O(n²) x_max 2ⁿ⁺¹ 2^(k + 1) 1st")
    #expect(ScriptText.raised("2", isASCII: true) == "^2")
    #expect(ScriptText.lowered("12", isASCII: true) == "_12")
    #expect(ScriptText.ascii("O(n²) and 2ⁿ⁺¹, H₂O") == "O(n^2) and 2^n+1, H_2O")
  }

  @Test("A tag for a line break is one, without a space after it")
  func lineBreaks() throws {
    #expect(
      try paragraph("a<br>b<br />\nc")
        == [.text("a"), .lineBreak, .text("b"), .lineBreak, .text("c")])
    guard case .table(let table) = try blocks("|x|\n|-|\n|one<br>two|\n").first else {
      Issue.record("no table")
      return
    }
    #expect(table.rows == [[[.text("one"), .lineBreak, .text("two")]]])
  }

  @Test("Tags without a partner, unknown tags and attributes stay as they are")
  func others() throws {
    for text in ["a <b> c", "a </b> c", "a <blink>b</blink>", "<a name=\"x\"></a> b", "a <b></b>"] {
      #expect(try paragraph(text).plainText == text)
    }
    #expect(try paragraph("a <b>x <i>y</b> z</i>").plainText == "a x <i>y z</i>")
  }

  @Test("Tags in tags end at a limit and keep their words")
  func nesting() throws {
    let text =
      String(repeating: "<b>", count: 3_000) + "in" + String(repeating: "</b>", count: 3_000)
    let census = Census(try lesson("x " + text))
    #expect(census.depth < 60)
    #expect(try paragraph("x " + text).plainText.contains("in"))
  }
}

@Suite("Callouts")
struct CalloutTests {
  @Test(
    "A quote that begins with a kind in brackets is a callout",
    arguments: [
      ("NOTE", Callout.Kind.note), ("TIP", .tip), ("IMPORTANT", .important), ("WARNING", .warning),
      ("CAUTION", .caution), ("note", .note),
    ])
  func kinds(word: String, kind: Callout.Kind) throws {
    #expect(
      try blocks("> [!\(word)]\n> Take *care*.\n>\n> More.\n")
        == [
          .callout(
            Callout(kind),
            [
              .paragraph([.text("Take "), .emphasis([.text("care")]), .text(".")]),
              .paragraph([.text("More.")]),
            ])
        ])
  }

  @Test("Its line may have a title")
  func title() throws {
    #expect(
      try blocks("> [!tip]- Ask **early**\n> Then wait.\n")
        == [
          .callout(
            Callout(.tip, title: [.text("Ask "), .strong([.text("early")])]),
            [.paragraph([.text("Then wait.")])])
        ])
    #expect(
      try blocks("> [!bug]\n> x\n") == [
        .callout(Callout(.caution, title: [.text("Bug")]), [.paragraph([.text("x")])])
      ])
  }

  @Test("Other quotes stay quotes")
  func quotes() throws {
    for text in ["> [!nothing]\n> x\n", "> [NOTE] x\n", "> x\n> [!NOTE]\n"] {
      let isQuote = if case .quote = try blocks(text).first { true } else { false }
      #expect(isQuote, "\(text)")
    }
  }

  @Test("Details are a callout with their summary as the title")
  func details() throws {
    let text = """
      <details open>
      <summary>Why <b>two</b> &amp; more</summary>

      Because *so*.

      ```c
      int x;
      ```

      </details>

      After.
      """
    let found = try blocks(text)
    #expect(found.count == 2)
    guard case .callout(let callout, let inside) = found.first else {
      Issue.record("no callout")
      return
    }
    #expect(callout.kind == .details)
    #expect(callout.title == [.text("Why "), .strong([.text("two")]), .text(" & more")])
    #expect(inside.count == 2)
  }

  @Test("Details on lines without a gap, or in details, are callouts too")
  func dense() throws {
    let one = try blocks("<details><summary>S</summary>\nplain words\n</details>\n")
    #expect(
      one == [
        .callout(Callout(.details, title: [.text("S")]), [.paragraph([.text("plain words")])])
      ])
    let two = try blocks(
      "<details>\n<summary>A</summary>\n\n<details>\n<summary>B</summary>\n\nin\n\n</details>\n\n"
        + "</details>\n")
    #expect(
      two == [
        .callout(
          Callout(.details, title: [.text("A")]),
          [.callout(Callout(.details, title: [.text("B")]), [.paragraph([.text("in")])])])
      ])
  }

  @Test("Details with steps inside, or without an end, only show their summary")
  func open() throws {
    let steps = try lessons(
      "# T\n\n<details>\n<summary>S</summary>\n\n## A\n\na\n\n</details>\n\n## B\n\nb\n",
      name: "x.md")[0]
    #expect(steps.steps.map(\.title) == ["A", "B"])
    #expect(steps.introduction == [.paragraph([.strong([.text("S")])])])
    #expect(
      try blocks("<details>\n<summary>S</summary>\n\na\n")
        == [.paragraph([.strong([.text("S")])]), .paragraph([.text("a")])])
  }
}

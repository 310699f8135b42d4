@testable import LessonKit
import Testing

@Suite("Shapes of plain text")
struct PlainShapeTests {
  private func blocks(_ text: String) throws -> [Block] {
    try #require(try lessons(text).first).blocks
  }

  private func code(_ text: String) throws -> [String] {
    try lessons(text).flatMap(\.code).map(\.text)
  }

  // MARK: Code

  private static let c = """
    // how many rings are free
    #define RINGS 8

    int take(struct ring *all)
    {
      int free = count(all);

      if (free == 0)
        return -1;  // none is left
      else
        all->used += 1;

      return free;
    }
    """

  private static let java = """
    class Bell {
      private final Object gate = new Object();

      void ring() throws InterruptedException {
        synchronized (gate) {
          gate.notifyAll();
        }
      }
    }
    """

  private static let sql = """
    SELECT bell, count(*)
    FROM rings
    WHERE day = 'sunday'

    GROUP BY bell
    """

  private static let shell = """
    cd bells
    make
    ./ring --slow

    cat log
    """

  private static let log = """
    worker 1 asks for the rope
    worker 2 asks for the rope

    worker 1 has it
    """

  private static let transaction = """
    BEGIN;
    SELECT rings FROM bells;

    UPDATE bells SET rings = 0;
    COMMIT;
    """

  private static let function = """
    void ring(void)
    {
        int times;

        pull();
    }
    """

  private static let go = """
    package bell

    import "sync"

    var gate sync.Mutex
    // one at a time
    func ring() {
      gate.Lock()

      defer gate.Unlock()
    }
    """

  @Test(
    "An indented block is one block with its blank lines, whatever its language",
    arguments: [c, java, sql, shell, log, transaction, function, go], [2, 4, 8])
  func indented(block: String, margin: Int) throws {
    let lines = block.split(separator: "\n", omittingEmptySubsequences: false)
    let indented = lines.map { $0.isEmpty ? "" : String(repeating: " ", count: margin) + $0 }
    let text =
      "Bells\n=====\n\nThe tower works like this, as far as anybody can tell from here:\n\n"
      + indented.joined(separator: "\n")
      + "\n\nThat is all that it does on a day without a feast.\n"
    #expect(try code(text) == [block])
    #expect(try blocks(text).count == 3)
  }

  @Test("Code below a line with a colon is one block, without a blank line between")
  func introduced() throws {
    let text =
      "Use it like this:\n  lock(gate)\n  rings = rings + 1\n  unlock(gate)\nand go home.\n"
    #expect(try code(text) == ["lock(gate)\nrings = rings + 1\nunlock(gate)"])
  }

  @Test("Code at the margin is one block with its blank lines", arguments: [c, java, function])
  func margin(block: String) throws {
    let text =
      "The tower works like this, as far as anybody can tell:\n\n" + block
      + "\n\nThat is all that it does on a day without a feast.\n"
    #expect(try code(text) == [block])
  }

  @Test("Indented sentences and lists stay text")
  func prose() throws {
    let sentences =
      "First a line of text that is long enough to be wrapped at the end.\n\n"
      + "    This is a quotation of somebody who wrote long sentences in his\n"
      + "    letters and who never ended a line before the margin.\n\n"
      + "    - one thing\n    - another thing\n\nAnd so on it went for days.\n"
    #expect(try code(sentences).isEmpty)
  }

  private static func paragraphs(in block: Block) -> [[Inline]] {
    if case .paragraph(let text) = block { [text] } else { block.children.flatMap(paragraphs) }
  }

  // MARK: Columns

  @Test(
    "Columns, figures and turns of two threads stay as they are",
    arguments: [
      "Anna                 Bert\n----                 ----\nreads 7\n                     reads 7\nwrites 8\n                     writes 8",
      "left = load()             right = load()\nleft += 1                 right += 1\nstore(left)               store(right)",
      "+-----+      +-----+\n|  A  |----->|  B  |\n+-----+      +-----+",
      "rope --> bell\nbell --> ear",
      "Step  Anna          Bert\n1.    reads 7\n2.                  reads 7\n3.    writes 8\n4.                  writes 8",
      "A --> B\n      |\n      v\n      C",
      "A takes\n            B takes\nA gives\n            B gives",
      "bell      weight   tone\nold          120   c\nnew           80   e",
    ])
  func columns(figure: String) throws {
    let indented = figure.split(separator: "\n").map { "   " + $0 }.joined(separator: "\n")
    let inItem = figure.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
    for text in [
      "So it goes:\n\n\(figure)\n\nThat was it.\n", "So it goes:\n\n\(indented)\n\nThat was it.\n",
      "- so it goes:\n\n\(inItem)\n\n- that was it\n",
    ] {
      #expect(try code(text) == [figure], "\(text)")
    }
  }

  @Test(
    "Fields between tabs are aligned with each other, and other tabs have stops of eight columns")
  func tabs() throws {
    #expect(
      try code("So:\n\nbell\tweight\ttone\nthe old one\t120\tc\nnew\t80\te\n\nEnd.\n") == [
        "bell         weight  tone\nthe old one  120     c\nnew          80      e"
      ])
    #expect(
      try code("So:\n\nbell\tweight\nthe old one\t120\tc\n\nEnd.\n") == [
        "bell    weight\nthe old one     120     c"
      ])
  }

  @Test("The label of a code box above code is no text, and the same words elsewhere are")
  func labels() throws {
    let program = "import threading\nlock = threading.Lock()"
    let found = try blocks("So it is done:\n\npython\nCopy code\n\(program)\n\nThat is it.\n")
    #expect(found.count == 3)
    #expect(found[1] == .code(CodeBlock(language: "python", text: program, line: 5)))
    #expect("\(try blocks("Press the button:\n\nCopy code\n\nand wait.\n"))".contains("Copy code"))
  }

  @Test("Columns in Markdown stay as they are, also in lists, and tables stay tables")
  func markdownColumns() throws {
    let turns = "A reads\n              B reads\nA writes\n              B writes"
    let inItem = turns.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    #expect(try lessons("# T\n\n\(turns)\n", name: "x.md")[0].code.map(\.text) == [turns])
    #expect(
      try lessons("# T\n\n- so:\n\n\(inItem)\n\n- end\n", name: "x.md")[0].code.map(\.text) == [
        turns
      ])
    let box = "+---+    +---+\n| A |--->| B |\n+---+    +---+"
    let boxInItem = box.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    #expect(try lessons("# T\n\n\(box)\n", name: "x.md")[0].code.map(\.text) == [box])
    #expect(
      try lessons("# T\n\n- so:\n\n\(boxInItem)\n", name: "x.md")[0].code.map(\.text) == [box])
    // A figure that begins in the line of its item.
    #expect(
      try lessons("# T\n\n- A: one      B:\n              B: two\n  A: end\n", name: "x.md")[0]
        .code.map(\.text) == ["A: one      B:\n            B: two\nA: end"])
    // A figure directly below the text of its item, and one directly below a list.
    for text in ["- so:\n\(boxInItem)\n", "- a\n- b\n\n\(box)\n"] {
      let blocks = try lessons("# T\n\n\(text)", name: "x.md")[0].blocks
      let inlines = try #require(blocks.flatMap(Self.paragraphs).last)
      let lines = inlines.split(separator: .lineBreak).map { Array($0).plainText }
      let kept = box.replacing(" ", with: "\u{A0}").split(separator: "\n").map(String.init)
      #expect(Array(lines.suffix(3)) == kept)
    }
    #expect(
      try lessons("# T\n\na\tb\nlong one\tc\n", name: "x.md")[0].code.map(\.text) == [
        "a         b\nlong one  c"
      ])
    let table = "| a    | b    |\n|------|------|\n| one  | two  |\n"
    guard case .table = try lessons("# T\n\n\(table)", name: "x.md")[0].blocks.first else {
      Issue.record("no table")
      return
    }
    let links = "[one]:    http://a.b   \"c\"\n[two]:    http://d.e   \"f\"\n"
    #expect(try lessons("# T\n\nSee [one].\n\n\(links)", name: "x.md")[0].code.isEmpty)
  }

  // MARK: Rules and titles

  @Test(
    "A rule of any sign separates, whatever follows, and is part of no paragraph",
    arguments: ["=", "-", "~", "*"])
  func rules(sign: String) throws {
    let rule = String(repeating: sign, count: 42)
    let text =
      "Bell notes\n\n\n\(rule)\n1. Rope\n\nPull it twice. Then wait and pull it again with\nboth hands.\n\n"
      + "\(rule)\n2. Clapper\n\nIt hangs inside. It moves slowly.\n\(rule)\n3. Tower\n\nIt stands. It is old.\n\(rule)\n"
    let found = try lessons(text)
    #expect(found.map(\.title) == ["Rope", "Clapper", "Tower"])
    let shown = found.flatMap(\.blocks).map { "\($0)" }.joined()
    #expect(!shown.contains(sign + sign + sign))
  }

  @Test("A rule below text without a blank line separates too, and a word and number is a heading")
  func centred() throws {
    let rule = String(repeating: "~", count: 45)
    let found = try lessons(
      "Bell notes\n==========\n\nRead it all the way before you climb.\n\(rule)\n"
        + "            Part 1: ROPE\n\nPull it twice. Then wait.\n\n  1. Take the rope.\n\n  2. Pull.\n\n"
        + "\(rule)\n            Part 2: TOWER\n\nIt stands. It is old.\n\(rule)\n")
    #expect(found.map(\.title) == ["Part 1: ROPE", "Part 2: TOWER"])
    #expect(found[1].blocks == [.paragraph([.text("It stands. It is old.")])])
  }

  @Test(
    "A title in a box is a title, without the signs and the gaps between its letters",
    arguments: ["=", "*", "#", "-"])
  func boxes(sign: String) throws {
    let rule = String(repeating: sign, count: 40)
    let end = sign == "-" ? "|" : sign
    let box = { (title: String) in "\(rule)\n\(end)      \(title)      \(end)\n\(rule)\n\n" }
    let found = try lessons(
      box("B E L L   N O T E S") + "Read it all before you climb.\n\n" + box("ROPE")
        + "Pull it twice. Then wait.\n\n" + box("TOWER") + "It stands. It is old.\n")
    #expect(found.map(\.title) == ["BELL NOTES"])
    #expect(found[0].steps.map(\.title) == ["ROPE", "TOWER"])
    #expect(!found[0].blocks.contains(.rule))
  }

  @Test("A title between dashes and a title in a drawn box are titles too")
  func drawnBoxes() throws {
    let rule = String(repeating: "-", count: 30)
    let dashes = { (title: String) in "\(rule)\n-- \(title)       --\n\(rule)\n\n" }
    let drawn = { (title: String) in "+----------+\n| \(title)    |\n+----------+\n\n" }
    for box in [dashes, drawn] {
      let found = try lessons(
        "Bell notes\n\nRead it all before you climb.\n\n" + box("Rope")
          + "Pull it twice. Then wait.\n\n" + box("Tower") + "It stands. It is old.\n")
      #expect(found.flatMap { $0.steps.map(\.title) }.suffix(2) == ["Rope", "Tower"])
    }
  }

  @Test("A short section belongs to the sections before it")
  func shortSections() throws {
    let found = try lessons(
      "Bell notes\n\n1. Rope\nIt is long and it is made of hemp. Pull it twice and then wait.\n\n"
        + "2. Clapper\nIt hangs inside of the bell. It moves slowly and then it strikes.\n\n"
        + "3. Tower\nIt stands. It is quite old.\n")
    #expect(found.map(\.title) == ["Rope", "Clapper", "Tower"])
  }

  @Test("A numbered line of a figure or with columns is no heading")
  func figures() throws {
    let text =
      "The order of things is as follows, from the first to the last of them:\n\n"
      + "1. rope --> clapper\n\n2. clapper --> bell\n\n3. bell --> ear\n\nThat is all.\n"
    #expect(try lessons(text).count == 1)
    let columns =
      "Numbers of the day, as they were counted by two people in the tower:\n\n"
      + "1. Rope        12\n\nand that is a sentence about it that is long enough.\n\n"
      + "2. Bell        14\n\nand that is a sentence about it that is long enough.\n"
    #expect(try lessons(columns).count == 1)
  }

  @Test("Paragraphs with a blank line between them stay two")
  func paragraphs() throws {
    #expect(
      try blocks("A line that ends without a stop and is quite long\n\nand one in lower case.\n")
        .count == 2)
  }

  @Test("A list of contents divides nothing, and its sections do")
  func contents() throws {
    let names = ["ROPE", "CLAPPER", "TOWER"]
    let section = { (name: String) in "\(name)\n\nHere are two sentences on it. It is old.\n\n" }
    for list in [names.joined(separator: "\n\n"), names.map { "  \($0)" }.joined(separator: "\n")] {
      let found = try lessons(
        "Bell notes\n\nCONTENTS\n\n\(list)\n\n" + names.map(section).joined())
      #expect(found.flatMap { $0.steps.map(\.title) }.suffix(3) == names[...])
    }
    let plain = ["Rope", "Clapper", "Tower"]
    let unmarked = plain.map { "\($0)\n\nTwo sentences on it. It is old.\n\n" }.joined()
    let numberedSections = zip(1..., plain).map { "\($0). \($1)\nTwo on it. It is old.\n\n" }
      .joined()
    for (list, sections) in [
      ("1. Rope\n2. Clapper\n3. Tower\n\n", unmarked), ("Rope\nClapper\nTower\n\n", unmarked),
      ("  1. Rope\n  2. Clapper\n  3. Tower\n\n", numberedSections),
    ] {
      let found = try lessons("Bell notes\n\nContents:\n\n\(list)\(sections)")
      let numbered = sections.hasPrefix("1")
      let wanted = zip(1..., plain).map { numbered ? "\($0). \($1)" : $1 }
      #expect(found.flatMap { $0.steps.map(\.title) }.suffix(3) == wanted[...])
    }
    let underlined = names.map {
      "\($0.capitalizedWord)\n-------\n\nTwo sentences on it. It is old.\n\n"
    }
    let numbered = "1. Rope\n\n2. Clapper\n\n3. Tower\n\n"
    let found = try lessons("Bell notes\n==========\n\n" + numbered + underlined.joined())
    #expect(found.count == 1)
    #expect(found[0].steps.map(\.title).suffix(3) == ["Rope", "Clapper", "Tower"])
  }
}

extension String {
  fileprivate var capitalizedWord: String { prefix(1) + dropFirst().lowercased() }
}

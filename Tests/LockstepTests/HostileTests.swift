import Glibc
import TestFaults
import TestTerminal
import Testing

/// The output of a program to a terminal, apart from text.
struct SentControls {
  /// The kinds of control sequences: their beginnings, marks and ends.
  private(set) var kinds: Set<String> = []
  /// The complete sequences.
  private(set) var sequences: Set<String> = []
  /// Single control characters.
  private(set) var controls: Set<UInt8> = []

  init(_ output: [UInt8]) {
    var bytes = output[...]
    while let byte = bytes.popFirst() {
      guard byte == 0x1B else {
        if byte < 0x20 || byte == 0x7F { controls.insert(byte) }
        continue
      }
      var sequence: [UInt8] = []
      if bytes.first == UInt8(ascii: "[") {
        repeat {
          guard let next = bytes.popFirst() else { break }
          sequence.append(next)
        } while sequence.count == 1 || !(0x40...0x7E).contains(sequence[sequence.count - 1])
      } else {
        while let next = bytes.popFirst() {
          sequence.append(next)
          if !(0x20...0x2F).contains(next) { break }
        }
      }
      sequences.insert(String(decoding: sequence, as: UTF8.self))
      let kind = sequence.filter { !(0x30...0x3B).contains($0) }
      kinds.insert(String(decoding: kind, as: UTF8.self))
    }
  }
}

@Suite("Hostile documents", .faultMatrix)
struct HostileTests {
  /// Control sequences that a document may try, with marks that the program itself never sends.
  private static let attacks = [
    "\u{1B}[5;8;53m", "\u{1B}[99;77H", "\u{1B}]52;c;aGVsbG8=\u{07}", "\u{1B}]0;stolen\u{07}",
    "\u{1B}]8;;https://evil.example\u{1B}\\link\u{1B}]8;;\u{1B}\\", "\u{1B}P+q\u{1B}\\",
    "\u{1B}_x\u{1B}\\",
    "\u{1B}]2;never ended", "\u{1B}c", "\u{9B}99;77H", "\u{9D}0;stolen\u{9C}", "\u{90}x\u{9C}",
    "\u{07}\u{08}\u{0B}\u{0C}\u{0E}\u{0F}\u{7F}", "\u{202E}turned\u{2066}round\u{2069}\u{202C}",
    "a\u{200B}b\u{2060}c\u{FEFF}d\u{E0041}e", "\u{85}next\u{2028}line\u{2029}",
  ]

  /// The same as entities of Markdown, and as entities of entities.
  private static let entities = [
    "&#27;[5;8;53m", "&#x1b;]52;c;aGVsbG8=&#7;", "&#x9b;99;77H", "&#x9d;0;stolen&#x9c;",
    "&amp;#27;[5;8;53m", "~~&**#27;**[31m~~", "&#8238;turned", "&#x200b;", "&#0;", "&#13;&#10;",
  ]

  /// A document with a text in every possible place.
  private static func document(_ text: String) -> String {
    let line = text.replacing("\n", with: " ")
    return """
      ---
      title: \(line)
      ---

      # Title \(line)

      Paragraph \(line), *\(line)*, **\(line)**, `\(line)`, [\(line)](http://x/\(line)),
      [link](<http://x/\(line)> "\(line)"), ![\(line)](y), <b title="\(line)">, \(line)

      ## Step \(line)

      - item \(line)

      > quote \(line)

      | a \(line) | b |
      |---|---|
      | c \(line) | d |

      ```\(line)
      code \(line)
      ```

          indented \(line)

      ```lockstep
      run \(line)
      ```

      Note[^1].

      [^1]: \(line)

      <div>
      \(line)
      </div>

      ## Last

      end of all
      """
  }

  /// Opens a document, shows everything in it, and returns the output.
  private static func sent(
    opening path: String, columns: Int = 120, rows: Int = 50
  ) throws -> (output: [UInt8], screen: [String]) {
    let terminal = try openTutor("open", path, columns: columns, rows: rows)
    #expect(terminal.waitUntil { $0.contains("? help") })
    terminal.send(.text("L"))
    #expect(terminal.waitUntil { $0.contains("Lessons") })
    terminal.send(.escape, .text("]"))
    #expect(terminal.waitUntil { $0.contains("step 2 of") })
    for _ in 0..<30 { terminal.send(.down) }
    terminal.send(.text("r"), .text("]"))
    #expect(terminal.waitUntil { $0.contains("step 3 of") || $0.contains("end of all") })
    let screen = terminal.screen
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
    return (terminal.output, screen)
  }

  private func expectHarmless(_ output: [UInt8], beside plain: [UInt8]) throws {
    let text = try #require(String(validating: output, as: UTF8.self), "the output is UTF-8")
    let (sent, own) = (SentControls(output), SentControls(plain))
    let strange = sent.kinds.subtracting(own.kinds).subtracting(Self.moves)
    #expect(strange.isEmpty, "\(strange)")
    // Backspace is one of the ways in which ncurses moves the cursor.
    #expect(sent.controls.isSubset(of: own.controls.union([8])))
    // No title, no clipboard and no other string.
    #expect(sent.kinds.isDisjoint(with: ["]", "P", "_", "^", "X", "c"]))
    #expect(!sent.sequences.contains { $0.contains("99;77") || $0.contains("53m") })
    let hidden = text.unicodeScalars.filter { scalar in
      (0x80...0x9F).contains(scalar.value) || scalar.properties.isDefaultIgnorableCodePoint
        || scalar.properties.generalCategory == .format
        || scalar.properties.generalCategory == .lineSeparator
        || scalar.properties.generalCategory == .paragraphSeparator
    }
    #expect(hidden.isEmpty, "\(hidden.map { String($0.value, radix: 16) })")
  }

  /// Moving, erasing and shifting, which ncurses uses as a screen needs it.
  private static let moves: Set = [
    "[A", "[B", "[C", "[D", "[G", "[H", "[J", "[K", "[P", "[X", "[@", "[d",
  ]

  /// The output for a harmless document, for comparison.
  private static let plainOutput = Result {
    let folder = try TemporaryFolder()
    try folder.write(document("harmless"), to: "plain.md")
    return try sent(opening: folder("plain.md")).output
  }

  @Test("Rows 71 and 72: Control sequences in a document never reach the terminal")
  func controls() throws {
    let folder = try TemporaryFolder()
    let plain = try Self.plainOutput.get()
    try folder.write(
      Self.document(Self.attacks.joined(separator: " ")), to: "attack.md")
    try expectHarmless(try Self.sent(opening: folder("attack.md")).output, beside: plain)
    try folder.write(
      Self.document(Self.entities.joined(separator: " ")), to: "entities.md")
    try expectHarmless(try Self.sent(opening: folder("entities.md")).output, beside: plain)
  }

  @Test("Rows 63 and 71: Control sequences in raw bytes never reach the terminal")
  func rawBytes() throws {
    let folder = try TemporaryFolder()
    let plain = try Self.plainOutput.get()
    let raw: [UInt8] =
      [0x9B] + Array("99;77H ".utf8) + [0x9D] + Array("0;stolen".utf8) + [0x9C, 0xFF]
    let attack = Array(Self.attacks.joined(separator: " \n").utf8) + raw
    let text =
      Array("# T\n\n".utf8) + attack + Array("\n\n## B\n\n".utf8) + attack
      + Array("\n\n## C\n\nend of all\n".utf8)
    try folder.write(text, to: "raw.md")
    let terminal = try openTutor("open", folder("raw.md"))
    #expect(terminal.waitUntil { $0.contains("? help") && $0.contains("99;77H") })
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
    try expectHarmless(terminal.output, beside: plain)
  }

  @Test("Rows 71 and 78: Control characters in file names are shown and not sent")
  func names() throws {
    let folder = try TemporaryFolder()
    let plain = try Self.plainOutput.get()
    try folder.makeFolder("inner")
    let name = Array("\(folder.path)/inner/a\n\u{1B}]0;stolen\u{07}\u{9B}5m\u{202E}".utf8) + [0xFF]
    try folder.write(Array("its words".utf8), toPath: name + Array(".md".utf8))
    try folder.write([0x7F, 0x45, 0x4C, 0x46], toPath: name + Array("bin.md".utf8))
    let terminal = try openTutor("open", folder("inner"))
    #expect(
      terminal.waitUntil { $0.contains("its words") && $0.contains("is a program (ELF)") })
    try folder.write(Array("new words".utf8), toPath: name + Array(".md".utf8))
    #expect(terminal.waitUntil { $0.contains("new words") && $0.contains("read again") })
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
    // Output before the screen opens ends with a newline, as all printed output.
    try expectHarmless(terminal.output, beside: plain + [0x0A])
  }

  @Test("Row 71: A missing path is named on one line without control characters")
  func errors() throws {
    // The program compares the name with those of all files beside it, and here are none.
    let folder = try TemporaryFolder()
    for attack in Self.attacks.prefix(12) {
      let run = try Program("open", folder("none-\(attack)\n.md"))
      #expect(run.status == 2 && run.standardError.split(separator: "\n").count == 1)
      let scalars = run.standardError.dropLast().unicodeScalars
      #expect(!scalars.contains { $0.properties.generalCategory == .control })
    }
  }

  @Test("Row 73: Characters of any width keep the screen's columns aligned")
  func widths() throws {
    let folder = try TemporaryFolder()
    let marks = "e" + String(repeating: "\u{301}", count: 10_000)
    let family = String(repeating: "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} ", count: 50)
    let wide = String(repeating: "漢字", count: 300)
    try folder.write(
      "# T\n\n\(marks)\n\n\(family)\n\n\(wide)\n\n\ta\tb\n\n|漢|\u{0301}|\n|-|-|\n|\(marks)|\t|\n",
      to: "widths.md")
    let terminal = try openTutor("open", folder("widths.md"), columns: 100, rows: 60)
    #expect(terminal.waitUntil { $0.contains("? help") && $0.contains("漢字") })
    // Each row with a left border has its right border in the last column.
    for y in 0..<58 where terminal.cell(x: 0, y: y).text == "│" {
      #expect(terminal.cell(x: 99, y: y).text == "│", "\(terminal.screen[y])")
    }
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
  }
}

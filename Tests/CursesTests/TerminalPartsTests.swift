import Screen
import Testing

@testable import Curses

@Suite("The parts of a terminal")
struct TerminalPartsTests {
  private func changes(from old: Frame?, to new: Frame) -> [Point] {
    var points: [Point] = []
    FrameDifference.forEach(from: old, to: new, within: new.size) { point, _ in
      points.append(point)
    }
    return points
  }

  @Test("Only changed cells are drawn, but all of them after a new size")
  func difference() {
    var old = Frame(Size(columns: 6, rows: 2))
    old.put("漢字", at: Point(x: 0, y: 0))
    var new = old
    #expect(changes(from: old, to: new) == [])
    new.put("x", at: Point(x: 1, y: 0))
    #expect(changes(from: old, to: new) == [Point(x: 0, y: 0), Point(x: 1, y: 0)])
    #expect(changes(from: new, to: old) == [Point(x: 0, y: 0)])
    #expect(changes(from: nil, to: new).count == 11)
    #expect(changes(from: Frame(Size(columns: 5, rows: 2)), to: new).count == 11)
  }

  @Test("A new style changes a cell")
  func styleChange() {
    var old = Frame(Size(columns: 2, rows: 1))
    old.put("ab", at: Point(x: 0, y: 0))
    var new = old
    new.restyle(Rect(x: 1, y: 0, width: 1, height: 1)) { $0.adding(.bold) }
    #expect(changes(from: old, to: new) == [Point(x: 1, y: 0)])
  }

  @Test(
    "The size is that of the window, or else of terminfo",
    arguments: [(80, 24, 80, 24), (0, 0, 132, 43), (65535, 65535, 1000, 500)])
  func sizes(columns: Int, rows: Int, expectedColumns: Int, expectedRows: Int) {
    let size = TerminalEnvironment.size(
      window: Size(columns: columns, rows: rows), terminfo: Size(columns: 132, rows: 43))
    #expect(size == Size(columns: expectedColumns, rows: expectedRows))
  }

  @Test(
    "LINES and COLUMNS limit the size if they are smaller than the terminal",
    arguments: [
      (["LINES": "10", "COLUMNS": "30"], 30, 10), (["LINES": "24", "COLUMNS": "200"], 1000, 500),
      (["LINES": "999999"], 1000, 500), (["LINES": "-3", "COLUMNS": "x"], 1000, 500),
      (["COLUMNS": "79"], 79, 500), ([:], 1000, 500),
    ] as [([String: String], Int, Int)])
  func limits(variables: [String: String], columns: Int, rows: Int) {
    let limit = TerminalEnvironment(variables).sizeLimit(in: Size(columns: 80, rows: 24))
    #expect(limit == Size(columns: columns, rows: rows))
  }

  @Test(
    "LOCKSTEP_ACCESSIBLE with any value but 0 asks for plain text",
    arguments: [(nil, false), ("", false), ("0", false), ("1", true)] as [(String?, Bool)])
  func lines(value: String?, expected: Bool) {
    let variables = value.map { ["LOCKSTEP_ACCESSIBLE": $0] } ?? [:]
    #expect(TerminalEnvironment(variables).asksForPlainText == expected)
  }

  @Test(
    "Only terminals that are known for it draw an emoji sequence in one pair of columns",
    arguments: [
      ([:], false), (["TERM": "xterm-256color"], false), (["TERM": "xterm-kitty"], true),
      (["TERM": "foot-extra"], true), (["TERM": "football"], false),
      (["TERM": "xterm-ghostty", "TMUX": "/tmp/1"], false),
    ] as [([String: String], Bool)])
  func emoji(variables: [String: String], expected: Bool) {
    #expect(TerminalEnvironment(variables).joinsEmoji == expected)
  }

  @Test("Joiners between letters go to terminals that form letters by them")
  func joiners() {
    let types = [["TERM": "xterm-256color"], ["VTE_VERSION": "7002"], ["TERM": "foot"]]
    #expect(types.map { TerminalEnvironment($0).joinsLetters } == [false, true, true])
    #expect(!TerminalEnvironment(["VTE_VERSION": "7002", "TMUX": "/tmp/1"]).joinsLetters)
  }

  @Test(
    "The first locale variable that is set decides about UTF-8",
    arguments: [
      ([:], false), (["LANG": "C"], false), (["LANG": "de_DE.UTF-8"], true),
      (["LC_ALL": "", "LC_CTYPE": "C.utf8", "LANG": "C"], true),
      (["LC_ALL": "POSIX", "LANG": "C.UTF-8"], false),
    ] as [([String: String], Bool)])
  func locale(variables: [String: String], expected: Bool) {
    #expect(LocaleName { variables[$0] }.promisesUTF8 == expected)
  }

  @Test("The crash guard drops padding delays from capabilities")
  func padding() {
    #expect(CrashGuard.withoutPadding("\u{1B}[?5h$<100/>x$<y") == Array("\u{1B}[?5hx$<y".utf8))
  }

  @Test("Each error is one line that says what to do")
  func errors() {
    let errors: [TerminalError] = [
      .notATerminal, .noTerminalType, .unknownTerminalType("x"), .cannotMoveCursor("dumb"),
      .refused("x"), .system(call: "pipe", errno: 24),
    ]
    for error in errors {
      #expect(!error.description.contains("\n"))
      #expect(error.description.contains(";") || error.description.contains(","))
    }
  }
}

import CPlatform
import Catalog
import Documents
import Events
import Glibc
import History
import LessonKit
import TestTerminal
import Testing
import Tutor

/// The tables in the documents come from the program. LOCKSTEP_RECORD=1 writes them again.
@Suite("The documents of the project", .serialized)
struct DocsTests {
  private static let isRecording = getenv("LOCKSTEP_RECORD") != nil

  @Test("Docs/KEYS.md shows the key table")
  func keys() throws {
    let rows = ["| where | keys | what they do |", "|---|---|---|"] + KeyTable.markdownRows
    try check("keys", of: "Docs/KEYS.md", against: rows) { $0 == rows }
  }

  @Test("Docs/EVENTS.md shows each kind of event with its fields")
  func kinds() throws {
    let rows =
      ["| kind | its fields |", "|---|---|"]
      + EventKind.allCases.filter { $0 != .unknown }.map { kind in
        "| `\(kind.name)` | \(kind.fields.map { "`\($0.name)`" }.joined(separator: " ")) |"
      }
    try check("kinds", of: "Docs/EVENTS.md", against: rows) { $0 == rows }
  }

  @Test("Docs/EVENTS.md shows an event as a run prints it")
  func event() throws {
    let lines = try Self.lines(of: "Docs/EVENTS.md")
    let shown = try #require(lines.first { $0.hasPrefix("{\"seq\"") })
    let run = try Program("run", "producer-consumer", "--format", "ndjson", "--speed", "max")
    let printed = try #require(run.lines.first { $0.contains("\"kind\":\"list.append\"") })
    #expect(Self.keys(of: shown) == Self.keys(of: printed))
  }

  /// The names of the fields on a line, in order.
  private static func keys(of line: String) -> [Substring] {
    line.split { "{,}".contains($0) }.compactMap { $0.split(separator: ":").first }
  }

  @Test("README lists the lessons and the demos of each")
  func lessons() throws {
    let catalog = DemoCatalog(cores: Int(lks_available_cores()))
    let rows =
      ["| | lesson | its demos |", "|---|---|---|"]
      + (try BuiltInCourse.load(catalog)).lessons.map { lesson in
        let demos = catalog.demos.filter { $0.lessons.first == lesson.number }
        let number = lesson.number.map(String.init) ?? ""
        return
          "| \(number) | \(lesson.title) | \(demos.map { "`\($0.id)`" }.joined(separator: " ")) |"
      }
    try check("lessons", of: "README.md", against: rows) { $0 == rows }
  }

  @Test("Docs/COMMAND-LINE.md shows the command line as the help does")
  func commandLine() throws {
    let help = try Program(
      ["--help"], environment: ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"]
    ).standardOutput
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let sheet = help.drop { !$0.hasPrefix("lockstep ") }.prefix { !$0.isEmpty }
    let rows = ["```text"] + sheet + ["```"]
    try check("command line", of: "Docs/COMMAND-LINE.md", against: rows) { $0 == rows }
  }

  @Test("README shows a picture of the real screen")
  func picture() throws {
    let terminal = try openTutor("4", columns: 120, rows: 33)
    #expect(terminal.waitUntil { $0.contains("? help") })
    terminal.send(.text("r"))
    #expect(terminal.waitUntil { $0.contains("Removed 4") || $0.contains("completed") })
    let screen = ["```text"] + terminal.screen + ["```"]
    // Times differ from run to run. The lesson, the titles and the names of the threads do not.
    let lesson = screen[1..<12].map { $0.prefix(54) }
    try check("picture", of: "README.md", against: screen) { shown in
      shown.count == screen.count && shown[1..<12].map { $0.prefix(54) } == lesson
        && ["Code", "State", "Timeline", "Events", "A add_thread", "B remove_thread"].allSatisfy {
          title in shown.contains { $0.contains(title) }
        }
    }
  }

  /// Compares the lines between two marks of a document with the expected lines, or writes them.
  private func check(
    _ name: String, of document: String, against lines: [String], _ holds: ([String]) -> Bool
  ) throws {
    let old = try Self.lines(of: document)
    let start = try #require(old.firstIndex(of: "<!-- \(name) -->"))
    let end = try #require(old.firstIndex(of: "<!-- end of \(name) -->"))
    let isCurrent = holds(Array(old[(start + 1)..<end]))
    if Self.isRecording, !isCurrent {
      let new = old[...start] + lines + old[end...]
      let file = try #require(fopen(Self.path(of: document), "w"))
      #expect(fputs(new.joined(separator: "\n"), file) >= 0)
      #expect(fclose(file) == 0)
    } else {
      #expect(isCurrent, "record it with LOCKSTEP_RECORD=1 swift test")
    }
  }

  private static func path(of document: String) -> String {
    #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/" + document
  }

  private static func lines(of document: String) throws -> [String] {
    let file = try #require(fopen(path(of: document), "r"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(byte)) }
    return String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
  }
}

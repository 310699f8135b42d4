import CPlatform
import Catalog
import Glibc
import LessonKit
import TestTerminal
import Testing
import Tutor

@testable import lockstep

/// What the README shows is made from the program; LOCKSTEP_RECORD=1 makes it anew.
@Suite("The README", .serialized)
struct ReadmeTests {
  private static let isRecording = getenv("LOCKSTEP_RECORD") != nil

  private static let path =
    #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/README.md"

  @Test("shows the key table as it is")
  func keys() throws {
    let rows = ["| where | keys | what they do |", "|---|---|---|"] + KeyTable.markdownRows
    try check("keys", against: rows) { $0 == rows }
  }

  @Test("lists the lessons, and what each of them runs")
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
    try check("lessons", against: rows) { $0 == rows }
  }

  @Test("shows the command line as the help does")
  func commandLine() throws {
    let help = try Program("--help").standardOutput
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let sheet = help.drop { !$0.hasPrefix("lockstep ") }.prefix { !$0.isEmpty }
    let rows = ["```text"] + sheet + ["```"]
    try check("command line", against: rows) { $0 == rows }
  }

  @Test("shows a picture of the real screen")
  func picture() throws {
    let terminal = try openTutor("4", columns: 120, rows: 33)
    #expect(terminal.waitUntil { $0.contains("? help") })
    terminal.send(.text("r"))
    #expect(terminal.waitUntil { $0.contains("took 4") || $0.contains("completed") })
    let screen = ["```text"] + terminal.screen + ["```"]
    // Times differ from run to run; frames and titles do not.
    try check("picture", against: screen) { shown in
      shown.count == screen.count
        && ["4 · A producer and a consumer", "Code", "State", "Timeline", "Events"].allSatisfy {
          title in shown.contains { $0.contains(title) }
        }
    }
  }

  /// Holds the lines between two marks of the README against what they should be.
  private func check(
    _ name: String, against lines: [String], _ holds: ([String]) -> Bool
  ) throws {
    let readme = try Self.lines()
    let start = try #require(readme.firstIndex(of: "<!-- \(name) -->"))
    let end = try #require(readme.firstIndex(of: "<!-- end of \(name) -->"))
    if Self.isRecording {
      let new = readme[...start] + lines + readme[end...]
      let text = new.joined(separator: "\n")
      let file = try #require(fopen(Self.path, "w"))
      #expect(fputs(text, file) >= 0)
      #expect(fclose(file) == 0)
    } else {
      #expect(
        holds(Array(readme[(start + 1)..<end])), "record it with LOCKSTEP_RECORD=1 swift test")
    }
  }

  private static func lines() throws -> [String] {
    let file = try #require(fopen(path, "r"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(byte)) }
    return String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
  }
}

import Catalog
import Documents
import Glibc
import JSON
import LessonKit
import Lessons
import TestState
import TestTerminal
import Testing

@testable import StateFiles

@Suite("lockstep progress")
struct ProgressCommandTests {
  private let stage: StateStage

  init() throws { stage = try StateStage() }

  private var environment: [String] {
    ["PATH=/usr/bin:/bin", "XDG_STATE_HOME=\(stage.home.path)", "LANG=C.UTF-8"]
  }

  private func progress(_ words: String...) throws -> Program {
    try Program(["progress"] + words, environment: environment)
  }

  /// Steps 1 and 2 of lesson 7 seen, step 2 run, an existing document and a missing one.
  private func prepare() throws {
    let keys = [
      StepKey(lesson: "factorial", step: try #require(try Self.steps("factorial").first)),
      StepKey(lesson: "factorial", step: try Self.steps("factorial")[1]),
    ]
    let store = stage.store()
    _ = try store.add(
      DocumentProgress(seen: Set(keys), ran: [keys[1]], place: keys[1]), to: "built-in")
    _ = try store.add(seen("a", "b"), to: stage.path)
    _ = try stage.store(now: "U").add(seen("a"), to: "/gone/\u{1B}[31m.md")
  }

  private static func steps(_ lesson: String) throws -> [String] {
    let course = try BuiltInCourse.load(.init(cores: 2))
    return try #require(course.lessons.first { $0.id == lesson }).steps.map(\.title)
  }

  @Test("The report has seen and run steps of each lesson, the place and the documents")
  func table() throws {
    try prepare()
    let run = try progress()
    #expect(run.status == 0 && run.standardError.isEmpty)
    let second = try Self.steps("factorial")[1]
    let lesson = try #require(run.lines.first { $0.contains("Factorials") })
    #expect(lesson.hasSuffix("2 of 6    1 of 6   you are here: step 2, \(second)"))
    let other = try #require(run.lines.first { $0.hasPrefix("  4  A producer and a consumer") })
    #expect(other.hasSuffix("0 of 9    0 of 9"))
    #expect(
      run.lines.contains {
        $0.hasPrefix("  total") && $0.contains(" 2 of ") && $0.contains(" 1 of ")
      })
    // The newest first. Control characters in a name do not reach the terminal.
    let index = try #require(run.lines.firstIndex { $0.hasPrefix("Documents") })
    #expect(run.lines[index + 1].contains("gone"))
    #expect(run.lines[index + 2].hasPrefix("  \(stage.path)"))
    #expect(!run.standardOutput.contains("\u{1B}"))
  }

  @Test("Documents that were opened together are one row, gone only if a path is gone")
  func together() throws {
    _ = try stage.store().add(seen("a"), to: "\(stage.home.path)\n\(stage.folder.path)")
    _ = try stage.store(now: "U").add(seen("a"), to: "standard input 1f")
    let rows = try progress().lines.suffix(2).map {
      $0.split(separator: " ").joined(separator: " ")
    }
    #expect(
      rows == ["standard input 1f 1 0 U", "\(stage.home.path) and \(stage.folder.path) 1 0 T"])
  }

  @Test("--json prints the report as one line")
  func json() throws {
    try prepare()
    let run = try progress("--json")
    #expect(run.status == 0 && run.lines.count == 1)
    let json = try JSONValue(parsing: Array(run.standardOutput.utf8))
    guard case .array(let lessons)? = json["lessons"],
      case .array(let documents)? = json["documents"]
    else {
      Issue.record("no lessons or documents")
      return
    }
    let lesson = try #require(lessons.first { $0["id"]?.text == "\"factorial\"" })
    #expect(lesson["seen"]?.text == "2" && lesson["run"]?.text == "1")
    #expect(json["place"]?.text == #"{"lesson":"factorial","step":2}"#)
    #expect(documents.map { $0["missing"]?.text } == ["true", "false"])
    #expect(!run.standardOutput.contains("\u{1B}"))
  }

  @Test("One document can be reported by its path or as built-in")
  func oneDocument() throws {
    try prepare()
    let lines = try progress(stage.path).lines
    #expect(lines.count == 2 && lines.first?.hasPrefix("Documents") == true)
    #expect(lines.last?.hasPrefix("  \(stage.path)") == true)
    let own = try progress("built-in").lines
    #expect(own.first?.hasPrefix("Lessons") == true && !own.contains { $0.contains("Documents") })
    let json = try progress("--json", stage.path)
    let parsed = try JSONValue(parsing: Array(json.standardOutput.utf8))
    guard case .array(let documents)? = parsed["documents"] else {
      Issue.record("no documents")
      return
    }
    #expect(documents.map { $0["path"]?.text } == ["\"\(stage.path)\""])
    #expect(
      try progress("nowhere.md").standardError.contains("there is no progress in \"nowhere.md\""))
  }

  @Test("Without progress the command works, and without a home it fails")
  func nothing() throws {
    #expect(try progress().status == 0)
    #expect(try progress("--reset").standardOutput.contains("nothing to forget"))
    let homeless = try Program(["progress"], environment: ["HOME="])
    #expect(homeless.status == 1 && homeless.standardError.contains("HOME is not set"))
    #expect(stage.names.isEmpty)
  }

  @Test("A damaged and a newer file stay unchanged", arguments: ["{", #"{"version":7}"#])
  func unreadable(text: String) throws {
    write(Array(text.utf8), to: stage.path)
    for words in [[], ["--reset", "--yes"]] {
      let run = try Program(["progress"] + words, environment: environment)
      #expect(run.status == 1 && run.standardError.contains(stage.path))
      let isDamaged = text == "{" && words.isEmpty
      #expect(run.standardError.contains("the next start of the tutor renames it") == isDamaged)
    }
    #expect(contents(of: stage.path) == Array(text.utf8) && stage.names == ["progress.json"])
  }

  @Test("--reset needs a confirmation, and --restore undoes it")
  func reset() throws {
    try prepare()
    let before = contents(of: stage.path)
    let refused = try progress("--reset")
    #expect(refused.status == 2 && refused.standardError.contains("--yes"))
    #expect(contents(of: stage.path) == before)
    let one = try progress("--reset", stage.path, "--yes")
    #expect(one.status == 0 && one.standardOutput.contains("--restore"))
    #expect(try stage.store().read()?.documents.count == 2)
    #expect(try progress("--restore").status == 0)
    #expect(try stage.store().read()?.documents.count == 3)
    #expect(try progress("--reset", "--yes").status == 0)
    #expect(try stage.store().read()?.documents.isEmpty == true)
    #expect(try progress("--restore").status == 0)
    #expect(contents(of: stage.path) == before)
    #expect(try progress("--restore").status == 1)
  }

  @Test("--restore names earlier backups if the last reset is undone")
  func olderBackups() throws {
    try prepare()
    #expect(try progress("--reset", "built-in", "--yes").status == 0)
    #expect(try progress("--reset", "--yes").status == 0)
    #expect(try progress("--restore").status == 0)
    let run = try progress("--restore")
    let older = try #require(stage.names.first { $0.contains("before-reset.older-") })
    #expect(run.status == 1 && run.standardError.contains("/\(older)"), "\(run.standardError)")
  }

  @Test("--reset accepts one of several documents opened together")
  func resetOne() throws {
    _ = try stage.store().add(seen("a"), to: "\(stage.home.path)\n/gone.md")
    let run = try progress("--reset", "/gone.md", "--yes")
    #expect(run.status == 0)
    #expect(try stage.store().read()?.documents.isEmpty == true)
    _ = try stage.store().add(seen("a"), to: "/gone.md\n\(stage.home.path)")
    #expect(try progress("--reset", stage.home.path + "/.", "--yes").status == 0)
    #expect(try stage.store().read()?.documents.isEmpty == true)
    #expect(try progress("--reset", "/other.md", "--yes").status == 2)
  }

  @Test(
    "--reset asks on a terminal and accepts only yes", arguments: ["y", "n", ""])
  func asks(answer: String) throws {
    try prepare()
    let terminal = try openTutor(
      "progress", "--reset", environment: ["XDG_STATE_HOME": stage.home.path])
    #expect(terminal.waitUntil { $0.contains("[y/N]") })
    terminal.send(.text(answer), .enter)
    #expect(terminal.waitForExit() == .exited(answer == "y" ? 0 : 1))
    #expect(try stage.store().read()?.documents.isEmpty == (answer == "y"))
  }

  @Test(
    "Wrong usage has status 2",
    arguments: [
      ["nowhere.md"], ["--restore", "notes.md"], ["--json", "--reset"], ["--restore", "--reset"],
      ["--yes"],
      ["--reset", "nowhere.md"],
    ])
  func usage(words: [String]) throws {
    try prepare()
    #expect(try Program(["progress"] + words, environment: environment).status == 2)
  }
}

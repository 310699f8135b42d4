import CPlatform
import Catalog
import Glibc
import LessonKit
import TestTerminal
import Testing

@testable import Documents

@Suite("Trial parse")
struct ParseTrialTests {
  private let quiet = ReadingProgress(isShown: false)
  private static let text = "# T\n\n" + String(repeating: "some *words*\n\n", count: 6000)

  private func trial(_ change: (inout ParseTrial) -> Void = { _ in }) throws -> ParseTrial {
    var trial = ParseTrial()
    trial.program = try Program.path
    // What is tested is not how fast this machine is.
    trial.processorTime = 60_000
    trial.patience = 60_000_000_000
    change(&trial)
    return trial
  }

  private func lessons(_ trial: ParseTrial, _ text: String = text) throws -> [Lesson] {
    try DocumentParser(catalog: DemoCatalog(cores: 1), trial: trial).lessons(
      name: "a/b.md", bytes: Array(text.utf8), budget: ParseBudget(), progress: quiet)
  }

  private func isPlain(_ lessons: [Lesson]) -> Bool {
    guard case .notice = lessons.first?.steps.first?.blocks.first else { return false }
    return true
  }

  @Test("Within its limits the trial succeeds, and the document is parsed")
  func success() throws {
    #expect(try trial().succeeds(name: "a", text: Self.text, progress: quiet))
    let lessons = try lessons(try trial())
    #expect(!isPlain(lessons) && lessons.first?.title == "T")
    #expect(lessons.flatMap(\.steps).flatMap(\.blocks).count == 6000)
  }

  @Test(
    "Beyond its limits the trial fails, and the whole document is plain text",
    arguments: ["memory", "time", "patience", "no program", "another program"])
  func failure(limit: String) throws {
    let trial = try trial { trial in
      switch limit {
      case "memory": trial.memory = 1_000_000
      case "time": trial.processorTime = 1
      case "patience": trial.patience = 0
      case "no program": trial.program = "/no/such/program"
      default: trial.program = "/bin/true"
      }
    }
    #expect(!trial.succeeds(name: "a", text: Self.text, progress: quiet))
    let lessons = try lessons(trial)
    #expect(isPlain(lessons))
    let pieces = lessons.flatMap(\.steps).flatMap(\.blocks).compactMap { block in
      if case .code(let code) = block { code.text } else { nil }
    }
    // The line ends between two pages are the pages'.
    let words = { (text: String) in text.split(whereSeparator: \.isWhitespace) }
    #expect(words(pieces.joined(separator: "\n")) == words(Self.text))
  }

  @Test("A child that hangs is killed at the end of the trial")
  func hangs() throws {
    let folder = try TemporaryFolder()
    try folder.write("#!/bin/sh\necho $$ > \(folder("pid"))\nexec sleep 1000\n", to: "hang")
    try #require(chmod(folder("hang"), 0o700) == 0)
    let trial = try trial {
      $0.program = folder("hang")
      $0.patience = 500_000_000
    }
    #expect(!trial.succeeds(name: "a", text: Self.text, progress: quiet))
    // On a machine that is very busy it may not have come so far as to say who it is.
    guard let pid = Kernel.text(of: folder("pid")).flatMap({ Int32($0.dropLast()) }) else { return }
    #expect(kill(pid, 0) != 0 && errno == ESRCH)
  }

  @Test("A short document needs no trial")
  func short() throws {
    #expect(!isPlain(try lessons(try trial { $0.program = "/no/such/program" }, "# T\n\nx\n")))
  }

  @Test("Once the common budget is spent, the next document is plain text")
  func budget() throws {
    var budget = ParseBudget()
    budget.memory = 0
    let parser = DocumentParser(catalog: DemoCatalog(cores: 1), trial: try trial())
    let lessons = try parser.lessons(
      name: "a.md", bytes: Array("# T\n".utf8), budget: budget, progress: quiet)
    #expect(isPlain(lessons))
  }
}

@Suite("Parse budget")
struct ParseBudgetTests {
  @Test("Memory counts from the budget's start")
  func memory() throws {
    try #require((ParseBudget.memory(.resident) ?? 0) > 4_000_000)
    var budget = ParseBudget()
    budget.memory = 4_000_000
    #expect(!budget.isSpent)
    let pages = UnsafeMutableRawBufferPointer.allocate(byteCount: 200_000_000, alignment: 4096)
    defer { pages.deallocate() }
    for page in stride(from: 0, to: pages.count, by: 4096) { pages[page] = 1 }
    #expect(budget.isSpent)
  }

  @Test("Only the time of the reading thread counts")
  func time() throws {
    var budget = ParseBudget()
    budget.memory = .max
    budget.processorTime = 200_000_000
    var thread = pthread_t()
    try #require(
      pthread_create(
        &thread, nil,
        { _ in
          while lks_thread_cpu_time() < 300_000_000 {}
          return nil
        }, nil) == 0)
    pthread_join(thread, nil)
    #expect(!budget.isSpent)
    let end = lks_thread_cpu_time() + 250_000_000
    while lks_thread_cpu_time() < end {}
    #expect(budget.isSpent)
  }
}

@Suite("Child of a trial parse")
struct ParseProgramTests {
  @Test("A limit that overflows is refused")
  func hugeLimit() throws {
    let run = try Program("__parse", "\(getpid())", "\(UInt.max)", "1000", "a.md")
    #expect(run.status == 1 && run.standardOutput.isEmpty)
  }
}

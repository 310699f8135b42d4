import Catalog
import Glibc
import LessonKit
import SystemPackage
import TestTerminal
import Testing

@testable import lockstep

@Suite("The order of names")
struct NaturalOrderTests {
  @Test("counts numbers, and takes capitals for small letters")
  func names() {
    let sorted = ["a", "A2", "a2b", "a10", "B", "c02", "c2", "c3"]
    let bytes = sorted.map { Array($0.utf8) }
    for (index, name) in bytes.enumerated() {
      for later in bytes[(index + 1)...] {
        #expect(NaturalOrder.isBefore(name, later) && !NaturalOrder.isBefore(later, name))
      }
      #expect(!NaturalOrder.isBefore(name, name))
    }
  }

  @Test("puts first in each folder what speaks of the folder")
  func folders() {
    let paths: [FilePath] = [
      "x/readme.txt", "x/1-a.md", "x/2-part/INDEX.md", "x/2-part/a.md", "x/2-part/b/c.md", "x/3.md",
      "x/10.md",
    ]
    #expect(paths.reversed().sorted(by: NaturalOrder.isBefore) == paths)
  }
}

@Suite("A walk through a folder")
struct FolderWalkTests {
  private func names(_ walk: FolderWalk) -> [String] {
    walk.documents.compactMap { $0.lastComponent?.string }
  }

  @Test("says what it leaves out: documents, depth and names beyond its limits")
  func limits() throws {
    let folder = try TemporaryFolder()
    for number in 1...12 { try folder.write("x", to: "\(number).md") }
    try folder.makeFolder("a")
    try folder.makeFolder("a/b")
    try folder.write("x", to: "a/b/deep.md")
    let root = FilePath(folder.path)
    var limits = FolderWalk.Limits()
    limits.documents = 3
    var walk = try FolderWalk(root, limits: limits)
    #expect(names(walk) == ["1.md", "2.md", "3.md"])
    #expect(walk.notices == ["\(folder.path) has 13 documents; the first 3 are opened"])
    limits = FolderWalk.Limits()
    limits.depth = 1
    walk = try FolderWalk(root, limits: limits)
    #expect(walk.documents.count == 12)
    #expect(walk.notices == ["folders more than 1 deep in \(folder.path) are left out"])
    limits = FolderWalk.Limits()
    limits.names = 5
    walk = try FolderWalk(root, limits: limits)
    #expect(walk.documents.count <= 5)
    #expect(walk.notices == ["\(folder.path) holds more than 5 names; the rest is left out"])
  }

  @Test("says of a folder in it that it cannot read why")
  func links() throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: "a.md")
    try folder.link("loop.md", to: "loop.md")
    try folder.link("other.md", to: "a.md")
    let walk = try FolderWalk(FilePath(folder.path))
    #expect(names(walk) == ["a.md", "other.md"])
    #expect(walk.notices == ["\(folder.path)/loop.md is a link that leads nowhere"])
  }
}

@Suite("A parse that is tried first")
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

  @Test("within its limits it succeeds, and the document is parsed")
  func success() throws {
    #expect(try trial().succeeds(name: "a", text: Self.text, progress: quiet))
    let lessons = try lessons(try trial())
    #expect(!isPlain(lessons) && lessons.first?.title == "T")
    #expect(lessons.flatMap(\.steps).flatMap(\.blocks).count == 6000)
  }

  @Test(
    "beyond its limits it fails, and the document is plain text, whole",
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

  @Test("a child that hangs is gone when the trial is over")
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

  @Test("a short document is parsed at once")
  func short() throws {
    #expect(!isPlain(try lessons(try trial { $0.program = "/no/such/program" }, "# T\n\nx\n")))
  }

  @Test("when the documents together have cost too much, the next is plain text")
  func budget() throws {
    var budget = ParseBudget()
    budget.memory = 0
    let parser = DocumentParser(catalog: DemoCatalog(cores: 1), trial: try trial())
    let lessons = try parser.lessons(
      name: "a.md", bytes: Array("# T\n".utf8), budget: budget, progress: quiet)
    #expect(isPlain(lessons))
  }
}

@Suite("A shelf of documents")
struct DocumentShelfTests {
  private func shelf(
    _ sources: [DocumentSource], limit: Int = DocumentShelf.limit
  ) -> DocumentShelf {
    DocumentShelf(
      sources: sources, parser: DocumentParser(catalog: DemoCatalog(cores: 1)), limit: limit)
  }

  private func read(_ shelf: inout DocumentShelf, isSettled: Bool = true) -> DocumentShelf.News {
    shelf.read(isSettled: isSettled, progress: ReadingProgress(isShown: false))
  }

  @Test("says which documents are beyond the limit of all together")
  func together() throws {
    let folder = try TemporaryFolder()
    for name in ["a.md", "b.md", "c.md"] { try folder.write("0123456789", to: name) }
    var shelf = shelf([.folder(FilePath(folder.path))], limit: 25)
    let news = read(&shelf)
    #expect(news.added == ["a.md", "b.md"] && shelf.course.lessons.count == 2)
    #expect(
      news.notices == [
        "\(folder("c.md")) is left out: the documents have more than 25 bytes together"
      ])
  }

  @Test("believes that a file is gone only when told to")
  func settling() throws {
    let folder = try TemporaryFolder()
    for name in ["a.md", "b.md"] { try folder.write("words", to: name) }
    var shelf = shelf([.folder(FilePath(folder.path)), .file(FilePath(folder("a.md")))])
    _ = read(&shelf)
    unlink(folder("a.md"))
    var news = read(&shelf, isSettled: false)
    #expect(news.isUnsettled && !news.hasLessons && shelf.course.lessons.count == 3)
    news = read(&shelf)
    #expect(!news.isUnsettled && news.removed == ["a.md"])
    #expect(news.notices == ["a.md is gone; its text stays here"])
    #expect(shelf.course.lessons.map(\.id) == ["b", "a"])
    #expect(read(&shelf) == DocumentShelf.News())
  }

  @Test("tells lessons of the same name apart, and the same each time")
  func ids() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("one")
    try folder.makeFolder("two")
    for name in ["README", "one/README", "two/README"] { try folder.write("x", to: name) }
    var shelf = shelf([.folder(FilePath(folder.path))])
    _ = read(&shelf)
    let last = folder.path.split(separator: "/").last ?? ""
    #expect(
      shelf.course.lessons.map(\.id) == ["README", "\(last)-one-README", "\(last)-two-README"])
  }

  @Test("is known by the real paths of its documents, and by the text of standard input")
  func key() throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: "a.md")
    try folder.link("b.md", to: "a.md")
    let key = { (name: String) in self.shelf([.file(FilePath(folder(name)))]).key }
    #expect(key("a.md") == folder("a.md") && key("b.md") == folder("a.md"))
    let input = { (text: String) in self.shelf([.standardInput(Array(text.utf8))]).key }
    #expect(input("one") == input("one") && input("one") != input("two"))
  }
}

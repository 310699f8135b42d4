import CPlatform
import Catalog
import Glibc
import LessonKit
import Screen
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

@Suite("A name of Markdown")
struct MarkdownNameTests {
  @Test(
    "is one to the tutor, to a walk and to the check alike",
    arguments: ["md", "markdown", "mdown", "mkd", "mkdn", "mdx", "qmd", "rmd", "MD"])
  func endings(ending: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("*a* [b](#gone)", to: "a.\(ending)")
    try folder.write("*a* [b](a.\(ending)#gone)", to: "b.md")
    #expect(try FolderWalk(FilePath(folder.path)).documents.count == 2)
    let run = try Program("check", folder.path)
    #expect(run.lines.count { $0.contains("has the anchor #gone") } == 2, "\(run.standardOutput)")
    let lessons = try CourseLoader(catalog: DemoCatalog(cores: 1)).lessons(
      name: "a.\(ending)", text: "*a*")
    #expect(lessons[0].steps[0].blocks == [.paragraph([.emphasis([.text("a")])])])
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

@Suite("What documents may cost together")
struct ParseBudgetTests {
  @Test("counts from the beginning, not what the program had and did before")
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

  @Test("counts the time of the thread that reads, and of no other")
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

@Suite("A child that tries a parse")
struct ParseProgramTests {
  @Test("refuses a limit that no number holds")
  func hugeLimit() throws {
    let run = try Program("__parse", "\(getpid())", "\(UInt.max)", "1000", "a.md")
    #expect(run.status == 1 && run.standardOutput.isEmpty)
  }
}

@Suite("What is told while documents are read")
struct ReadingProgressTests {
  @Test("takes no more columns than a line has, whatever the letters")
  func columns() {
    let line = ReadingProgress.line("reading " + String(repeating: "漢字", count: 60))
    #expect(TextWidth.columns(of: line) <= 78 && line.hasPrefix("lockstep: reading 漢字"))
  }
}

@Suite("The files of a check")
struct CheckedFilesTests {
  @Test("are read when they are checked, and not all at once")
  func late() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "a.md")
    let files = try CheckedFiles(paths: [folder.path])
    try folder.write("new", to: "a.md")
    #expect(try files.documents[0].content().get() == Array("new".utf8))
  }
}

@Suite("The watch over documents")
struct DocumentWatchTests {
  @Test("hears of a file that was named, whatever it is called, beside its opened folder")
  func both() throws {
    let folder = try TemporaryFolder()
    for name in ["a.md", "log.xyz", "other.xyz"] { try folder.write("x", to: name) }
    var watch = DocumentWatch(isNeeded: true)
    watch.add(file: FilePath(folder("log.xyz")))
    let isNew = [
      watch.add(folder: FilePath(folder.path)), watch.add(folder: FilePath(folder.path)),
    ]
    #expect(isNew == [true, false])
    watch.add(file: FilePath(folder("log.xyz")))
    for (name, isHeard) in [("log.xyz", true), ("a.md", true), ("other.xyz", false)] {
      try folder.write("y", to: name)
      let wasHeard = watch.drain()
      #expect(wasHeard == isHeard, "\(name)")
    }
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

  @Test("counts standard input among all documents", arguments: [true, false])
  func input(isFirst: Bool) throws {
    let folder = try TemporaryFolder()
    try folder.write("0123456789", to: "a.md")
    let file = DocumentSource.file(FilePath(folder("a.md")))
    let input = DocumentSource.standardInput(Array("01234567890123456789".utf8))
    var shelf = shelf(isFirst ? [input, file] : [file, input], limit: 25)
    let news = read(&shelf)
    let name = isFirst ? folder("a.md") : "standard input"
    #expect(
      news.notices == ["\(name) is left out: the documents have more than 25 bytes together"])
    #expect(shelf.course.lessons.count == 1)
  }

  @Test("is known by a name that is not too long, with as many paths as fit")
  func longKey() throws {
    let paths = (0..<100).map { "/gone/\(String(repeating: "x", count: 20))\($0).md" }
    let key = { (paths: [String]) in self.shelf(paths.map { .file(FilePath($0)) }).key }
    let long = key(paths)
    #expect(long.utf8.count <= 1_024 && long.hasPrefix(paths[0] + "\n" + paths[1] + "\n"))
    #expect(long != key(paths.dropLast()) && long == key(paths))
    let one = key(["/" + String(repeating: "é", count: 3_000)])
    #expect(one.utf8.count <= 1_024 && one.hasPrefix("/éé"))
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

import Catalog
import Glibc
import LessonKit
import Lessons
import Testing

/// The folder of the embedded files, relative to this file.
private let folder =
  #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/Lessons"

private let builtIn: [Lesson] = {
  let course = try? CourseLoader(catalog: catalog).course(of: BuiltInLessons.documents)
  return course?.lessons ?? []
}()

private let listings: [Listing] = BuiltInLessons.files
  .filter { $0.name.hasSuffix(".py") }
  .map { Listing(name: $0.name, text: $0.text) }

@Suite("The built-in lessons")
struct BuiltInLessonsTests {
  @Test("all files in the folder are embedded unchanged, sorted by name")
  func embedded() throws {
    let directory = try #require(opendir(folder))
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix("."), name != "__pycache__" { names.append(name) }
    }
    #expect(BuiltInLessons.files.map(\.name) == names.sorted())
    for file in BuiltInLessons.files {
      #expect(contents(of: folder + "/" + file.name) == file.text, "\(file.name)")
    }
  }

  private func contents(of path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = getc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("the lessons have the expected numbers, names, titles and steps")
  func titles() {
    #expect(builtIn.map(\.number) == Array(1...8))
    #expect(
      builtIn.map(\.id) == [
        "threads-or-processes", "process-pools", "multiprocessing",
        "producer-consumer", "sharing-data", "exceptions", "factorial", "pool-sizing",
      ])
    #expect(
      builtIn.map(\.title) == [
        "Threads or processes?", "Pools of processes", "Many processes, many cores",
        "A producer and a consumer", "Sharing data safely", "When things go wrong",
        "Factorials on a thread pool", "How big should a pool be?",
      ])
    #expect(builtIn.map(\.steps.count) == [15, 8, 9, 9, 22, 18, 6, 9])
  }

  @Test("the lint finds no problems")
  func lint() {
    let lint = LessonLint(neighbours: LintNeighbours(files: BuiltInLessons.files))
    #expect(!builtIn.isEmpty)
    for lesson in builtIn {
      let text = BuiltInLessons.files.first { $0.name == lesson.file }?.text ?? ""
      #expect(lint.diagnostics(of: [lesson], text: text) == [])
    }
    #expect(LessonLint.numbers(of: builtIn) == [])
    #expect(LessonLint.unshown(listings.map(\.name), by: builtIn) == [])
  }

  @Test(
    "each step with a run has a question, two runs of its lesson's demos, and the answers to both")
  func steps() throws {
    for lesson in builtIn {
      let number = try #require(lesson.number)
      #expect(lesson.steps.contains { !$0.runs.isEmpty }, "\(lesson.file)")
      // Some steps have no run: tables and open questions.
      for step in lesson.steps where !step.runs.isEmpty {
        let place: Comment = "\(lesson.file): \(step.title)"
        #expect(step.blocks.contains { if case .question = $0 { true } else { false } }, place)
        #expect(step.runs.count == 2, place)
        #expect(step.runs.allSatisfy { $0.request?.demo.lessons.contains(number) == true }, place)
        let openings = step.blocks.compactMap { block in
          if case .paragraph(let inlines) = block { inlines.first?.plainText } else { nil }
        }
        #expect(openings.contains("What you saw:"), place)
        #expect(openings.contains("Turn the knob:"), place)
        #expect(openings.contains("What changed:"), place)
      }
    }
  }

  @Test("each word of the field is explained where it is written in italics")
  func words() {
    func emphasized(_ inlines: [Inline]) -> [String] {
      inlines.flatMap { inline -> [String] in
        switch inline {
        case .emphasis(let inside): [inside.plainText.lowercased()]
        case .strong(let inside), .link(let inside, _): emphasized(inside)
        default: []
        }
      }
    }
    let explained = Set(
      builtIn.flatMap(\.steps).flatMap(\.blocks).flatMap { block -> [String] in
        switch block {
        case .paragraph(let text): emphasized(text)
        case .list(_, _, let items):
          items.flatMap(\.blocks).flatMap { item in
            if case .paragraph(let text) = item { emphasized(text) } else { [String]() }
          }
        default: []
        }
      })
    for word in [
      "concurrency", "parallelism", "critical section", "race condition", "deadlock", "starvation",
      "livelock",
    ] {
      #expect(explained.contains(word), "\(word)")
    }
  }

  @Test("each step is at most 27 lines high at 76 columns, without the end of its lesson")
  func heights() {
    for lesson in builtIn {
      for step in lesson.steps {
        // What was learned comes after all answers.
        let blocks = step.blocks.filter { !opening(of: $0).hasPrefix("What you learned:") }
        let height = Layout.height(of: blocks, width: 76)
        #expect(height <= 27, "\(lesson.file): \(step.title) has \(height) lines")
      }
    }
  }

  @Test("each lesson ends with what was learned")
  func learned() {
    for lesson in builtIn {
      let ends = lesson.steps.map { step in
        step.blocks.contains { opening(of: $0).hasPrefix("What you learned:") }
      }
      #expect(ends.last == true && !ends.dropLast().contains(true), "\(lesson.file)")
    }
  }

  /// The text with which a paragraph begins.
  private func opening(of block: Block) -> String {
    guard case .paragraph(let inlines) = block, case .strong(let words)? = inlines.first,
      case .text(let text)? = words.first
    else { return "" }
    return text
  }
}

/// Estimates the height of blocks with one empty line between them.
private enum Layout {
  static func height(of blocks: [Block], width: Int, isTight: Bool = false) -> Int {
    let gaps = isTight ? 0 : max(0, blocks.count - 1)
    return blocks.map { height(of: $0, width: width) }.reduce(gaps, +)
  }

  private static func height(of block: Block, width: Int) -> Int {
    switch block {
    case .heading(_, let inlines), .paragraph(let inlines): wrapped(inlines.plainText, width)
    case .code(let code): code.text.count { $0 == "\n" } + 1
    case .run, .rule, .notice, .html: 1
    case .quote(let inside), .question(let inside), .callout(_, let inside),
      .footnote(_, let inside):
      height(of: inside, width: width - 2)
    case .table(let table): table.rows.count + 2
    case .list(_, let isTight, let items):
      items.map { height(of: $0.blocks, width: width - 3, isTight: isTight) }
        .reduce(isTight ? 0 : items.count - 1, +)
    }
  }

  private static func wrapped(_ text: String, _ width: Int) -> Int {
    var lines = 1
    var column = 0
    for word in text.split(separator: " ") {
      if column > 0, column + 1 + word.count > width {
        lines += 1
        column = word.count
      } else {
        column += word.count + (column > 0 ? 1 : 0)
      }
    }
    return lines
  }
}

@Suite("The built-in listings")
struct BuiltInListingsTests {
  @Test("each demo has a listing that is short enough to read beside a run")
  func listingsOfDemos() throws {
    for demo in catalog.demos {
      let text = try #require(BuiltInLessons.listing(named: demo.listing), "\(demo.listing)")
      let lines = Listing(name: demo.listing, text: text).lines
      #expect((10...45).contains(lines.count), "\(demo.listing) has \(lines.count) lines")
    }
  }

  @Test("the highlighter does not change them")
  func highlighted() {
    for listing in listings {
      #expect(listing.highlighted.map { $0.map(\.text).joined() } == listing.lines)
      #expect(listing.lines.joined(separator: "\n") + "\n" == listing.text)
    }
  }

  @Test("only Markdown files are documents, and only Python files are listings")
  func kinds() {
    #expect(BuiltInLessons.documents.allSatisfy { $0.name.hasSuffix(".md") })
    #expect(BuiltInLessons.listing(named: "07-factorial.md") == nil)
    #expect(BuiltInLessons.listing(named: "gone.py") == nil)
  }

  @Test("they compile, if python3 is installed", .enabled(if: status(of: ["-c", ""]) == 0))
  func compile() {
    // Unlike py_compile, compile() leaves no files behind.
    let check = "import sys; [compile(open(p).read(), p, 'exec') for p in sys.argv[1:]]"
    #expect(status(of: ["-c", check] + listings.map { folder + "/" + $0.name }) == 0)
  }
}

/// The exit status of python3 with these arguments, or nil if it cannot start.
private func status(of arguments: [String]) -> Int32? {
  var words: [UnsafeMutablePointer<CChar>?] = (["python3"] + arguments).map { strdup($0) }
  words.append(nil)
  defer { for word in words { free(word) } }
  var child: pid_t = 0
  guard posix_spawnp(&child, "python3", nil, nil, words, environ) == 0 else { return nil }
  var status: Int32 = 0
  while waitpid(child, &status, 0) == -1 {
    guard errno == EINTR else { return nil }
  }
  return status
}

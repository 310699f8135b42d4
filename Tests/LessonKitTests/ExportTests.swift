import LessonKit
import Testing

/// A course of forty pages as exported by a word processor, with a title page, a table of contents,
/// headers and footers, and programs with page breaks.
private struct Export {
  static let titles = [
    "Threads or processes?", "Pools of processes", "Many processes, many cores",
    "A producer and a consumer", "Sharing data safely", "When things go wrong",
    "Factorials on a thread pool", "How big should a pool be?",
  ]
  let hasFormFeeds: Bool
  private(set) var pages: [[String]] = []
  private(set) var programs: [String] = []
  private var sentences = 0

  init(hasFormFeeds: Bool) {
    self.hasFormFeeds = hasFormFeeds
    var lines = ["A course in concurrency", "", "Contents", ""]
    for (index, title) in Self.titles.enumerated() {
      lines.append(
        "\(index + 1) . \(title) \(String(repeating: ".", count: 50 - title.count)) \(5 * index + 2)"
      )
    }
    lines.append("")
    for (index, title) in Self.titles.enumerated() {
      lines += ["\(index + 1) . \(title)", ""]
      for part in 1...4 {
        if part > 1 { lines += ["\(index + 1).\(part - 1) Part \(part - 1) of it", ""] }
        for _ in 0..<5 { lines += paragraph() + [""] }
        lines += ["Here are three things:", "1. the first", "2. the second", "3. the third", ""]
        let program = Self.program(index * 10 + part)
        programs.append(program)
        lines +=
          ["And the program:", ""]
          + program.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) + [""]
      }
    }
    let perPage = lines.count / 40 + 1
    for start in stride(from: 0, to: lines.count, by: perPage) {
      pages.append(Array(lines[start..<min(lines.count, start + perPage)]))
    }
  }

  private mutating func paragraph() -> [String] {
    (0..<4).map { line in
      sentences += 1
      let start = line == 0 ? "Sentence" : "and line"
      return "\(start) s\(sentences) goes on to the end of its line, as they all do here"
        + (line == 3 ? "." : "")
    }
  }

  private static func program(_ number: Int) -> String {
    """
    import threading
    import time

    # program \(number)
    shared_\(number) = []


    def add_\(number)():
        for number in range(10):
            time.sleep(0.1)

            with lock:
                shared_\(number).append(number)

    thread_\(number) = threading.Thread(target=add_\(number))
    thread_\(number).start()
    """
  }

  var text: String {
    pages.enumerated().map { index, lines in
      let head = "Concurrency for everybody                          Draft"
      let foot = "Page \(index + 1) of \(pages.count)"
      let end = hasFormFeeds ? "\u{0C}" : ""
      return ([head, ""] + lines + ["", foot]).joined(separator: "\n") + "\n" + end
    }.joined(separator: hasFormFeeds ? "" : "\n")
  }
}

@Suite("A course of forty pages, exported as plain text")
struct ExportTests {
  @Test("Titles, order and programs are right, and no word is lost", arguments: [true, false])
  func export(hasFormFeeds: Bool) throws {
    let export = Export(hasFormFeeds: hasFormFeeds)
    #expect(export.pages.count == 40)
    var limits = DocumentLimits()
    limits.bytes = 1_000_000
    let lessons = try CourseLoader(catalog: catalog, limits: limits)
      .lessons(name: "course.txt", text: export.text)
    #expect(lessons.map(\.title) == Export.titles)
    #expect(lessons.map(\.number) == Array(1...8))
    for (index, lesson) in lessons.enumerated() {
      let parts = (1...3).map { "\(index + 1).\($0) Part \($0) of it" }
      #expect(Array(lesson.steps.map(\.title).suffix(3)) == parts)
    }
    let programs = lessons.flatMap(\.code).filter { $0.language == "python" }
    #expect(programs.count == 32)
    // A blank line at the end of a page may belong to the page or to the program.
    let squeezed = { (text: String) in text.split(separator: "\n").joined(separator: "\n") }
    #expect(programs.map { squeezed($0.text) } == export.programs.map(squeezed))

    let shown = Self.words(
      in: lessons.map { "\($0.number ?? 0) \($0.title)\n" + text(of: $0) }.joined())
    let written = Self.words(in: export.text)
    var counts: [String: Int] = [:]
    for word in shown { counts[word, default: 0] += 1 }
    var lost: [String] = []
    for word in written {
      if let count = counts[word], count > 0 {
        counts[word] = count - 1
      } else {
        lost.append(word)
      }
    }
    #expect(lost.isEmpty, "\(lost.prefix(20))")
    let isSentence = { (word: String) in word.first == "s" && Int(word.dropFirst()) != nil }
    #expect(shown.filter(isSentence) == written.filter(isSentence))
  }

  private static func words(in text: String) -> [String] {
    text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  private func text(of lesson: Lesson) -> String {
    let steps = lesson.steps.map { step in
      (step.title == lesson.title ? "" : step.title + "\n") + text(of: step.blocks)
    }
    return text(of: lesson.introduction) + steps.joined(separator: "\n")
  }

  private func text(of blocks: [Block]) -> String {
    blocks.map { block in
      switch block {
      case .heading(_, let text), .paragraph(let text): text.plainText
      case .code(let code): (code.asides.map(\.text) + [code.text]).joined(separator: "\n")
      case .html(let text): text
      case .list(let start?, _, let items):
        items.enumerated().map { "\(start + $0) " + text(of: $1.blocks) }.joined(separator: "\n")
      default: text(of: block.children)
      }
    }.joined(separator: "\n") + "\n"
  }
}

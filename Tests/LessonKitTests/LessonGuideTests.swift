import Catalog
import Glibc
import LessonKit
import Testing

/// The guide for authors of lessons, relative to this file.
private let guide =
  #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/Docs/LESSONS.md"

@Suite("The example lesson in Docs/LESSONS.md")
struct LessonGuideTests {
  private func text() throws -> String {
    let file = try #require(fopen(guide, "r"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = getc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex(of: "<!-- lesson -->"))
    let end = try #require(lines.firstIndex(of: "<!-- end of lesson -->"))
    return lines[(start + 2)..<(end - 1)].joined(separator: "\n") + "\n"
  }

  @Test("opens as one step with a question, two runs and an answer")
  func opens() throws {
    let lesson = try lesson(try text(), name: "01-who-waits.md")
    #expect(lesson.number == 1 && lesson.title == "Who waits for whom?")
    let step = try #require(lesson.steps.first)
    #expect(lesson.steps.count == 1)
    #expect(step.blocks.contains { if case .question = $0 { true } else { false } })
    #expect(step.runs.compactMap(\.request?.demo.id) == ["producer-consumer", "producer-consumer"])
  }

  @Test("has no lint problems")
  func lint() throws {
    #expect(try lintMessages(try text()) == [])
  }
}

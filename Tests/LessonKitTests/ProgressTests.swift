import Testing

@testable import LessonKit

@Suite("The progress in a document")
struct ProgressTests {
  private func key(_ step: String) -> StepKey { StepKey(lesson: "one", step: step) }

  @Test("identifies a step by a name of limited length")
  func longNames() throws {
    let name = String(repeating: "é", count: 5_000)
    let course = Course(inOrder: [
      try lesson("# T\n\n## \(name)1\n\na\n\n## \(name)2\n\nb\n", name: "\(name).md")
    ])
    let keys = [0, 1].map { course.lessons[0].key(ofStep: $0) }
    #expect(keys[0] != keys[1])
    for (index, key) in keys.enumerated() {
      #expect(key.step.utf8.count <= 200 && key.lesson.utf8.count <= 200)
      #expect(course.place(of: key)?.step == index)
    }
  }

  @Test("is merged without loss, and the later place wins")
  func add() {
    var progress = DocumentProgress(
      seen: [key("a"), key("b")], ran: [key("a")], place: key("b"))
    progress.add(DocumentProgress(seen: [key("c")], ran: [key("c")], place: key("c")))
    #expect(
      progress
        == DocumentProgress(
          seen: [key("a"), key("b"), key("c")], ran: [key("a"), key("c")], place: key("c")))
    progress.add(DocumentProgress())
    #expect(progress.place == key("c"))
  }

  @Test("is limited in size")
  func bounded() {
    var progress = DocumentProgress()
    for step in 0...DocumentProgress.stepLimit {
      progress.apply(.seen(key("\(step)")))
      progress.apply(.ran(key("\(step)")))
    }
    #expect(progress.seen.count == DocumentProgress.stepLimit)
    #expect(progress.ran.count == DocumentProgress.stepLimit)
    progress.add(DocumentProgress(seen: [key("more")], ran: [key("more")]))
    #expect(progress.seen.count == DocumentProgress.stepLimit)
    #expect(progress.ran.count == DocumentProgress.stepLimit)
  }

  @Test("is empty at first")
  func empty() {
    #expect(DocumentProgress().isEmpty)
    for change in [ProgressChange.seen(key("a")), .ran(key("a")), .place(key("a"))] {
      var progress = DocumentProgress()
      progress.apply(change)
      #expect(!progress.isEmpty)
    }
  }
}

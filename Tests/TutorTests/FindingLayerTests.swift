import Screen
import Testing

@testable import RunViews
@testable import Tutor

@Suite("The layer of the findings")
struct FindingLayerTests {
  private func stage() throws -> Stage {
    var stage = try Stage(lesson: 6, step: 5)
    try stage.play(.abandoned(), of: "abandoned-lock")
    stage.press(.character("f"))
    return stage
  }

  @Test("It shows every finding, one after the other")
  func all() throws {
    var stage = try stage()
    #expect(stage.picture.contains("Finding 1 of 2: waits forever"))
    #expect(stage.picture.contains("waiter-1 waits for account_lock"))
    stage.press(.character("f"))
    #expect(stage.picture.contains("Finding 2 of 2: waits forever"))
    #expect(stage.picture.contains("waiter-2 waits for account_lock"))
    stage.press(.down)
    #expect(stage.picture.contains("Finding 2 of 2"))
    stage.press(.up)
    #expect(stage.picture.contains("Finding 1 of 2"))
  }

  @Test("It says when the finding was certain and what to do, and Enter goes to that moment")
  func moment() throws {
    var stage = try stage()
    stage.press(.down)
    #expect(stage.picture.contains("Certain at 0.150 s: enter goes there."))
    #expect(stage.picture.contains("Take the lock by with, which also releases it"))
    stage.press(.enter)
    #expect(stage.model.layer == nil)
    let session = try #require(stage.model.session)
    #expect(session.isRewound && session.findings.count == 2)
    stage.press(.character(","))
    #expect(stage.model.session?.findings.count == 1)
  }

  @Test("A deadlock is drawn, and the way out is named")
  func deadlock() throws {
    var stage = try Stage(lesson: 6, step: 6)
    try stage.play(.deadlock(), of: "two-locks")
    stage.press(.character("f"))
    #expect(stage.picture.contains("Finding: deadlock") && stage.picture.contains("waits for"))
    #expect(stage.picture.contains("take the locks in the same order"))
  }

  @Test("A small screen has the drawing and the way out, without empty rows")
  func small() throws {
    var stage = try Stage(50, 15, lesson: 6, step: 6)
    try stage.play(.deadlock(), of: "two-locks")
    stage.press(.character("f"))
    #expect(stage.picture.contains("waits for") && stage.picture.contains("Let all threads take"))
    #expect(stage.picture.contains("enter goes there"))
  }
}

import Events
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

  @Test("What a run brings about on purpose is no failure, in the alert, the layer and the pane")
  func staged() throws {
    var stage = try Stage(lesson: 4, step: 7)
    try stage.play(.overlap(), of: "lost-update")
    let alert = try #require(stage.lines.first { $0.contains("lost update,") })
    #expect(
      alert.contains("◇ lost update, made on purpose: A counter-1 and B counter-2 both read 41"))
    #expect(!stage.picture.contains("✗"))
    #expect(stage.picture.contains("┃ The overlap from 41 is made on purpose"))
    stage.press(.character("f"))
    #expect(stage.picture.contains("Finding: lost update, made on purpose"))
    #expect(stage.picture.contains("The overlap from 41 is made on purpose: neither writes"))
    var locked = try Stage(lesson: 4, step: 7)
    try locked.play(.overlap(), of: "lost-update", words: ["lock=on"])
    #expect(locked.picture.contains("✗ lost update: A counter-1"))
    #expect(!locked.picture.contains("lost update, made on purpose"))
  }

  @Test("A name in a table has the colour of its thread, and a sentence has the letter, too")
  func names() throws {
    var stage = try Stage(lesson: 4, step: 7)
    try stage.play(.overlap(), of: "lost-update")
    let session = try #require(stage.model.session)
    let rows = ShownText.rows(session, width: 60, glyphs: .unicode)
    let named = rows.flatMap(\.spans).filter { $0.text.contains("counter-2") }
    #expect(named.map(\.style.role) == [.actor(1)] && named.map(\.text) == ["counter-2"])
    let sentence = ActorNames(session.state).text("counter-2 wrote over counter-1's 42")
    #expect(sentence.plain == "B counter-2 wrote over A counter-1's 42")
    #expect(ActorNames(session.state).text("a counter-22").plain == "a counter-22")
  }

  @Test("On a small screen, the drawing of a deadlock is whole before its table is shown")
  func drawn() throws {
    var stage = try Stage(80, 24, lesson: 6, step: 6)
    var script = RunScript.deadlock()
    script.add(
      .result, texts: [Event.shownName, "Deadlock.\ntransfers done  0\nlocks  0\nmore  0"])
    try stage.play(script, of: "two-locks")
    let rows = stage.model.allRows(of: .waits, 76, 8).map(\.text.plain)
    #expect(
      rows.contains { $0.contains("Deadlock.") } && !rows.contains { $0.contains("transfers done") }
    )
    #expect(rows.prefix(8).count { $0.contains("waits for") } == 2)
    #expect(
      stage.model.allRows(of: .waits, 76, 20).contains { $0.text.plain.contains("transfers done") })
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

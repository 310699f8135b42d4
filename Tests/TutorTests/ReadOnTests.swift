internal import Catalog
internal import Events
internal import Screen
import Testing

@testable import Tutor

@Suite("The text of a step about its run")
struct ReadOnTests {
  private func played(_ stage: inout Stage, meanwhile: Key? = nil) throws {
    let request = try RunRequest(words: ["producer-consumer"], in: stage.model.catalog)
    stage.send(.runBegan(request))
    stage.send(.events(RunScript.producerConsumer(until: 700_000).events))
    if let meanwhile { stage.press(meanwhile) }
    stage.send(.events([finish]))
  }

  private var finish: Event {
    var event = Event(.runFinish, seq: 1_000_000, time: 2_000_000_000)
    event.record[EventField.runOutcome.slot] = RunOutcome.completed.rawValue
    return event
  }

  private func firstLine(_ stage: Stage) -> String {
    let line = stage.lines[1]
    return String(line.drop { "│ ".contains($0) })
  }

  @Test("becomes visible at the end of the run, if the pane is too small for the step")
  func comesIntoSight() throws {
    var stage = try Stage(80, 24, lesson: 4, step: 2)
    #expect(!firstLine(stage).hasPrefix("What you saw"))
    try played(&stage)
    #expect(firstLine(stage).hasPrefix("What you saw"))
  }

  @Test("is at the top of the lesson when the learner returns from a single pane")
  func returns() throws {
    var stage = try Stage(50, 15, lesson: 4, step: 2)
    try played(&stage)
    #expect(!stage.picture.contains("What you saw"))
    stage.press(.character("1"))
    #expect(firstLine(stage).hasPrefix("What you saw"))
  }

  @Test("stays in place if the learner has scrolled during the run")
  func isLeft() throws {
    var stage = try Stage(80, 24, lesson: 4, step: 2)
    try played(&stage, meanwhile: .down)
    #expect(!firstLine(stage).hasPrefix("What you saw"))
  }

  @Test("does not move if the whole step is visible")
  func allInSight() throws {
    var stage = try Stage(200, 60, lesson: 4, step: 2)
    let before = firstLine(stage)
    try played(&stage)
    #expect(firstLine(stage) == before)
  }
}

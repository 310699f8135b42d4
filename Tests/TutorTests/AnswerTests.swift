import Catalog
import Events
import LessonKit
import Screen
import Testing

@testable import LessonViews
@testable import Tutor

@Suite("Answers open after the run")
struct AnswerTests {
  private static let document = """
    # Lesson

    > **Before you run it:** what is left?

    ```lockstep
    run producer-consumer
    ```

    **What you saw:** nothing is left, see [the other step](#other).

    **Turn the knob:** without the lock?

    ```lockstep
    run producer-consumer lock=off
    ```

    **What changed:** nothing, by luck.

    ## Other

    Words.
    """

  private func begin(_ stage: inout Stage) throws {
    stage.send(.runBegan(try #require(stage.model.selectedRequest)))
    stage.send(.events(RunScript.producerConsumer(until: 700).events))
  }

  private var finish: Event {
    var event = Event(.runFinish, seq: 1_000_000, time: 2_000_000_000)
    event.record[EventField.runOutcome.slot] = RunOutcome.completed.rawValue
    return event
  }

  private func stage() throws -> Stage { try Stage(document: Self.document, 120, 40) }

  @Test("Before the run, a line is in place of the answer and of everything after it")
  func closed() throws {
    let stage = try stage()
    #expect(stage.picture.contains("v  What you saw: opens after the run"))
    #expect(!stage.picture.contains("nothing is left, see"))
    #expect(!stage.picture.contains("without the lock?") && !stage.picture.contains("by luck"))
    #expect(stage.picture.contains("]  next"))
  }

  @Test("The end of the run opens its answer, but not the answer of the next run")
  func opened() throws {
    var stage = try stage()
    stage.press(.character("r"))
    try begin(&stage)
    stage.send(.events([finish]))
    #expect(stage.picture.contains("nothing is left, see"))
    #expect(stage.picture.contains("without the lock?"))
    #expect(stage.picture.contains("v  What changed: opens after the run"))
    stage.press(.right, .character("r"))
    try begin(&stage)
    stage.send(.events([finish]))
    #expect(stage.picture.contains("nothing, by luck"))
    #expect(stage.model.closedAnswer == nil)
  }

  @Test("A live run opens nothing yet")
  func live() throws {
    var stage = try stage()
    stage.press(.character("r"))
    try begin(&stage)
    #expect(!stage.picture.contains("nothing is left, see"))
  }

  @Test("v opens one answer after the other, and then has nothing to do")
  func asked() throws {
    var stage = try stage()
    #expect(stage.footer.contains("v answer"))
    stage.press(.character("v"))
    #expect(stage.picture.contains("nothing is left, see") && !stage.picture.contains("by luck"))
    stage.press(.character("v"))
    #expect(stage.picture.contains("by luck") && !stage.footer.contains("v answer"))
    #expect(Command.answer.availability(stage.model) != .now)
  }

  @Test("On a small screen, v scrolls to the answer")
  func scrolled() throws {
    var stage = try Stage(50, 15, lesson: 4, step: 2)
    stage.press(.character("v"))
    #expect(stage.picture.contains("What you saw: "))
  }

  @Test("Runs and links of a closed answer cannot be chosen")
  func hiddenParts() throws {
    var stage = try stage()
    #expect(stage.model.shownRuns == 1 && stage.model.links.isEmpty)
    stage.press(.right)
    #expect(stage.model.selectedRun == 0)
    stage.press(.character("v"))
    #expect(stage.model.shownRuns == 2 && stage.model.links.count == 1)
  }

  @Test("A search finds the text of an answer")
  func search() throws {
    var stage = try stage()
    stage.type("/by luck")
    #expect(stage.picture.contains("nothing, by luck"))
    stage.press(.enter)
    #expect(stage.picture.contains("nothing, by luck"))
    stage.press(.escape)
    #expect(stage.picture.contains("v  What you saw"))
  }

  @Test("A step that was run in an earlier session has its first answer open")
  func remembered() throws {
    let fresh = try stage()
    let key = try #require(fresh.model.lesson).key(ofStep: 0)
    let model = Model(
      course: fresh.model.course, listings: [:], catalog: fresh.model.catalog,
      size: Size(columns: 120, rows: 40), progress: DocumentProgress(seen: [key], ran: [key]))
    #expect(model.closedAnswer?.title == "What changed")
  }

  @Test("A paragraph with such words before any run is no answer")
  func early() throws {
    let stage = try Stage(
      document: "# L\n\n**What you saw:** a.\n\n```lockstep\nrun lock\n```\n\nb\n")
    #expect(stage.model.closedAnswer == nil)
    #expect(stage.picture.contains("What you saw: a."))
  }
}

@Suite("Answers in plain mode")
struct PlainAnswerTests {
  private func stage() throws -> PlainStage {
    var stage = try PlainStage(run: RunScript.events(of:))
    stage.type("again")
    return stage
  }

  @Test("The answer is said after the run, and the next one is announced")
  func after() throws {
    var stage = try stage()
    #expect(stage.says("What you saw is said after the run. To hear it now, type answer."))
    #expect(!stage.says("What you saw: ") && !stage.says("Turn the knob"))
    stage.type("run")
    #expect(stage.says("What you saw: add_thread ends after 1 s"))
    #expect(stage.says("What changed is said after the run."))
    stage.type("run 2")
    #expect(stage.says("What changed: the run takes 3 s"))
  }

  @Test("The word answer says it before the run, once")
  func asked() throws {
    var stage = try stage()
    stage.type("answer")
    #expect(stage.says("What you saw: add_thread ends after 1 s"))
    stage.type("answer")
    #expect(stage.says("What changed: the run takes 3 s"))
    stage.type("answer")
    #expect(stage.says("here is no closed answer in this step"))
  }

  @Test("The code has the values of the run")
  func code() throws {
    var stage = try stage()
    stage.type("items=3", "code")
    #expect(stage.says("items = 3  # 10 in the listing"))
  }
}

@Suite("What r and Enter run")
struct FirstRunTests {
  private static let broken = """
    # Lesson

    ```lockstep
    run no-such-demo
    ```

    ```lockstep
    run lock
    ```
    """

  @Test("If the first run is broken, r runs the first that is not")
  func broken() throws {
    var stage = try Stage(document: Self.broken)
    stage.press(.character("r"))
    #expect(
      stage.effects.contains {
        if case .start(let run) = $0 { run.demo.id == "lock" } else { false }
      })
  }

  @Test("Enter runs a step without a link")
  func enter() throws {
    var stage = try Stage(document: Self.broken)
    stage.press(.enter)
    #expect(stage.effects.contains { if case .start = $0 { true } else { false } })
  }

  @Test("F1 opens the help")
  func help() throws {
    var stage = try Stage(document: Self.broken)
    stage.press(.function(1))
    #expect(stage.picture.contains("Help"))
  }
}

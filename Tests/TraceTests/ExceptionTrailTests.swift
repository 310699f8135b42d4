import Events
import TestEvents
import Testing

@testable import Trace

@Suite("The way of exceptions")
struct ExceptionTrailTests {
  private static func trail(_ script: Script) -> ExceptionTrail {
    var state = RunState()
    var trail = ExceptionTrail()
    for event in script.events {
      state.apply(event)
      trail.note(event, state: state)
    }
    return trail
  }

  private static func exception(
    _ kind: EventKind, _ actor: ActorID, _ message: String, in script: inout Script
  ) {
    script.add(kind, actor, texts: ["ValueError", message])
  }

  @Test("An exception is caught where its actor says so")
  func caught() {
    var script = Script(threads: "a", "b")
    Self.exception(.exceptionRaise, Script.a, "one", in: &script)
    Self.exception(.exceptionRaise, Script.b, "one", in: &script)
    Self.exception(.exceptionCatch, Script.b, "one", in: &script)
    let entries = Self.trail(script).entries
    #expect(entries.map(\.fate) == [.open, .caught(.init(script.events[script.events.count - 1]))])
  }

  @Test("One that is raised again and again keeps the first of these times and the last")
  func again() {
    var script = Script(threads: "a")
    for _ in 0...3 * ExceptionTrail.mostAgain {
      Self.exception(.exceptionRaise, Script.a, "one", in: &script)
    }
    let entries = Self.trail(script).entries
    #expect(entries.count == 1)
    #expect(entries.first?.again.count == ExceptionTrail.mostAgain)
    #expect(entries.first?.again.last?.time == script.time)
    #expect(entries.first?.again.first?.time == (entries.first?.raised.time ?? 0) + 1000)
  }

  @Test("Equal exceptions of two siblings are two, though both are caught")
  func siblings() {
    var script = Script(threads: "a", "b")
    for actor in [Script.a, Script.b] {
      Self.exception(.exceptionRaise, actor, "bad", in: &script)
      Self.exception(.exceptionCatch, actor, "bad", in: &script)
    }
    let trail = Self.trail(script)
    #expect(trail.count == 2 && trail.caught == 2 && trail.entries.allSatisfy(\.again.isEmpty))
  }

  @Test("An actor that ends with an exception has lost it, and the run's end loses none")
  func lost() {
    var script = Script(threads: "a", "b")
    Self.exception(.exceptionRaise, Script.a, "gone", in: &script)
    script.add(.threadExit, Script.a)
    Self.exception(.exceptionRaise, Script.b, "kept", in: &script)
    Self.exception(.exceptionCatch, Script.b, "kept", in: &script)
    script.add(.threadExit, Script.b)
    script.finish()
    let trail = Self.trail(script)
    #expect((trail.count, trail.caught, trail.lost) == (2, 1, 1))
    #expect(trail.entries[0].isLost && !trail.entries[1].isLost)
  }

  @Test("A run that fails has lost what its main thread raised")
  func failed() {
    var script = Script()
    Self.exception(.exceptionRaise, .main, "gone", in: &script)
    script.finish(.failed)
    #expect(Self.trail(script).lost == 1)
  }

  @Test("A failed task keeps its exception until somebody asks; then it is raised again there")
  func future() {
    var script = Script(threads: "worker")
    script.task(.taskSubmit, .main, 1)
    script.task(.taskStart, Script.a, 1)
    Self.exception(.exceptionRaise, Script.a, "bad", in: &script)
    script.task(.taskFail, Script.a, 1)
    #expect(Self.trail(script).entries.map(\.fate) == [.kept])
    var unasked = script
    unasked.add(.threadExit, Script.a)
    unasked.finish()
    #expect(Self.trail(unasked).entries.map(\.fate) == [.unasked])
    Self.exception(.exceptionRaise, .main, "bad", in: &script)
    Self.exception(.exceptionCatch, .main, "bad", in: &script)
    let trail = Self.trail(script)
    #expect(trail.count == 1 && trail.caught == 1)
    #expect(trail.entries[0].again.map(\.actor) == [.main])
  }

  @Test("What a child caught and handed to its parent is raised again there")
  func handed() {
    var script = Script(threads: "worker")
    Self.exception(.exceptionRaise, Script.a, "bad", in: &script)
    Self.exception(.exceptionCatch, Script.a, "bad", in: &script)
    Self.exception(.exceptionRaise, .main, "bad", in: &script)
    let trail = Self.trail(script)
    #expect(trail.count == 1 && trail.entries[0].again.map(\.actor) == [.main])
  }
}

@Suite("Hand-overs and pictures")
struct HandOverTests {
  private static func handOvers(_ script: Script) -> HandOvers {
    var state = RunState()
    var handOvers = HandOvers()
    for event in script.events {
      state.apply(event)
      handOvers.note(event, state: state)
    }
    return handOvers
  }

  @Test("Turns, their order, the longest wait and how many waited at once are counted")
  func turns() {
    var script = Script(threads: "a", "b", "c")
    script.acquire(Script.a)
    script.wait(Script.b, .lock, Script.lock)
    script.wait(Script.c, .lock, Script.lock)
    script.release(Script.a)
    script.goOn(Script.b, .lock, Script.lock, waited: 3000)
    script.acquire(Script.b)
    script.release(Script.b)
    script.goOn(Script.c, .lock, Script.lock, waited: 5000)
    let record = Self.handOvers(script)[Script.lock]
    #expect(record?.recent == [Script.a, Script.b])
    #expect(record?.takers.map(\.count) == [1, 1])
    #expect(record?.longest == HandOvers.EndedWait(actor: Script.c, waited: 5000))
    #expect(record?.mostWaiting == 2 && record?.mostInside == 1 && record?.heldSince == nil)
  }

  @Test("A reentrant lock's further times are depths, not turns")
  func depths() {
    var script = Script(threads: "a")
    script.acquire(Script.a, depth: 1)
    script.acquire(Script.a, depth: 2)
    script.release(Script.a, depth: 1)
    script.release(Script.a, depth: 0)
    let record = Self.handOvers(script)[Script.lock]
    #expect(record?.depths == [1, 2, 1, 0] && record?.takers.map(\.count) == [1])
  }

  @Test("A notification that nobody waits for is counted as such")
  func notifications() {
    let ready = ObjectID(6)
    var script = Script(threads: "a", "b")
    script.add(.conditionNotify, Script.b, ready)
    script.wait(Script.a, .condition, ready)
    script.add(.conditionNotify, Script.b, ready)
    let record = Self.handOvers(script)[ready]
    #expect(record?.notified == 2 && record?.notifiedNobody == 1)
  }

  @Test("A picture's rows find their places in whatever order they come")
  func picture() {
    var picture = MadePicture()
    for (row, actor) in [(3, 2), (1, 3), (2, 2)] {
      picture.note(
        Event(
          .result, actor: ActorID(actor), texts: ["row \(row)", String(repeating: "*", count: row)])
      )
    }
    picture.note(Event(.result, texts: ["rows", "***"]))
    #expect(picture.rows.map { $0?.text } == ["*", "**", "***"])
    #expect(picture.made == 3 && picture.columns == 3)
    #expect(picture.makers.map(\.rows) == [2, 1])
    picture.note(Event(.result, actor: Script.a, texts: ["row 0", "-"]))
    #expect(picture.rows.map { $0?.text } == ["-", "*", "**", "***"])
  }

  @Test("A row that is made again counts for who made it last")
  func pictureMadeAgain() {
    var picture = MadePicture()
    for (row, actor) in [(1, 2), (2, 2), (1, 3), (2, 4), (2, 3)] {
      picture.note(Event(.result, actor: ActorID(actor), texts: ["row \(row)", "\(actor)*"]))
    }
    #expect(picture.made == 2)
    #expect(picture.rows.map { $0?.text } == ["3*", "3*"])
    #expect(picture.makers.map(\.actor) == [ActorID(3)])
    #expect(picture.makers.map(\.rows) == [2])
  }
}

import Testing

@testable import Trace

@Suite("Findings")
struct FindingTests {
  @Test("two threads that take two locks in opposite order are a deadlock, told once")
  func deadlock() {
    var script = Script(threads: "transfer-1", "transfer-2")
    script.acquire(Script.a, Script.lock)
    script.acquire(Script.b, Script.other)
    script.wait(Script.a, .lock, Script.other)
    #expect(script.findings == [])
    script.wait(Script.b, .lock, Script.lock)
    let time = script.time
    #expect(
      script.findings == [
        Finding(
          kind: .deadlock(
            cycle: [
              .init(actor: Script.b, object: Script.lock, holder: Script.a),
              .init(actor: Script.a, object: Script.other, holder: Script.b),
            ], since: time), seq: UInt64(script.events.count), time: time,
          description: "transfer-2 waits for list_lock, held by transfer-1; "
            + "transfer-1 waits for other_lock, held by transfer-2: neither can go on")
      ])
  }

  @Test("three in a circle are one too; a fourth who waits for them is not part of it")
  func circle() {
    var script = Script(threads: "a", "b", "c", "d")
    script.acquire(Script.a, ObjectID(11))
    script.acquire(Script.b, ObjectID(12))
    script.acquire(Script.c, ObjectID(13))
    script.wait(Script.a, .lock, ObjectID(12))
    script.wait(Script.b, .lock, ObjectID(13))
    script.wait(Script.c, .lock, ObjectID(11))
    script.wait(ActorID(5), .lock, ObjectID(11))
    #expect(script.findings.count == 1)
    #expect(script.findings.first?.description.hasSuffix("none of them can go on") == true)
  }

  @Test("a thread that waits for its own lock is a circle of one")
  func alone() {
    var script = Script(threads: "worker")
    script.acquire(Script.a)
    script.wait(Script.a, .lock, Script.lock)
    #expect(
      script.findings.map(\.description) == [
        "worker waits for list_lock, which it holds itself: it cannot go on"
      ])
  }

  @Test("waiting for a thread's end is an arrow of the circle")
  func join() {
    var script = Script(threads: "worker")
    script.acquire(.main)
    script.wait(Script.a, .lock, Script.lock)
    script.wait(.main, .join, for: Script.a)
    #expect(
      script.findings.map(\.description) == [
        "main waits for worker to end; worker waits for list_lock, held by main: neither can go on"
      ])
  }

  @Test("a wait with a deadline is no deadlock")
  func deadline() {
    var script = Script(threads: "a", "b")
    script.acquire(Script.a, Script.lock)
    script.acquire(Script.b, Script.other)
    script.wait(Script.a, .lock, Script.other, until: 1_000_000)
    script.wait(Script.b, .lock, Script.lock)
    #expect(script.findings == [])
  }

  @Test("a lock whose holder has ended keeps whoever waits, before or after")
  func abandoned() {
    var script = Script(threads: "owner", "early", "late")
    script.acquire(Script.a)
    script.wait(Script.b, .lock, Script.lock)
    #expect(script.findings == [])
    script.add(.threadExit, Script.a)
    script.wait(Script.c, .lock, Script.lock)
    #expect(
      script.findings.map(\.kind) == [
        .waitForEnded(actor: Script.b, object: Script.lock, holder: Script.a),
        .waitForEnded(actor: Script.c, object: Script.lock, holder: Script.a),
      ])
    #expect(
      script.findings.first?.description
        == "early waits for list_lock, but owner has ended without letting it go")
  }

  @Test("two who read 41 and both write 42 lose an update; told once, counted each time")
  func lostUpdate() {
    var script = Script(threads: "a", "b")
    for value in [41, 43] {
      script.read(Script.a, "\(value)")
      script.read(Script.b, "\(value)")
      script.write(Script.a, "\(value + 1)")
      script.write(Script.b, "\(value + 1)")
    }
    #expect(
      script.findings.map(\.description) == [
        "a and b both read 41 from counter; b wrote 42 over the 42 of a"
      ])
    var state = RunState()
    var detector = FindingDetector()
    for event in script.events {
      state.apply(event)
      _ = detector.observe(event, state: state)
    }
    #expect(detector.lostUpdates(of: Script.counter) == 2)
  }

  @Test("one after the other loses nothing")
  func noLostUpdate() {
    var script = Script(threads: "a", "b")
    script.read(Script.a, "41")
    script.write(Script.a, "42")
    script.read(Script.b, "42")
    script.write(Script.b, "43")
    script.read(Script.a, "43")
    script.write(Script.b, "50")
    script.write(Script.a, "44")
    #expect(script.findings == [])
  }
}

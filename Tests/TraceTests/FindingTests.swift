import Events
import TestEvents
import TestNumbers
import Testing

@testable import Trace

@Suite("Findings")
struct FindingTests {
  @Test("Two threads that take two locks in opposite order are a deadlock, reported once")
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
          core: "transfer-2 waits for list_lock, held by transfer-1; "
            + "transfer-1 waits for other_lock, held by transfer-2: neither can go on", heldUp: "")
      ])
  }

  @Test("A finding in one line leaves out those that it only holds up")
  func core() throws {
    var script = Script(threads: "a", "b", "c")
    script.acquire(Script.a, Script.lock)
    script.acquire(Script.b, Script.other)
    script.wait(Script.c, .lock, Script.lock)
    script.wait(Script.a, .lock, Script.other)
    script.wait(Script.b, .lock, Script.lock)
    let finding = try #require(script.findings.first)
    #expect(finding.description.contains("; held up by that: c, which waits for list_lock"))
    #expect(finding.core.hasSuffix("neither can go on"))
  }

  @Test("Three threads in a cycle are a deadlock, without a fourth that waits for one of them")
  func cycle() {
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

  @Test("A thread that waits for its own lock is a deadlock")
  func alone() {
    var script = Script(threads: "worker")
    script.acquire(Script.a)
    script.wait(Script.a, .lock, Script.lock)
    #expect(
      script.findings.map(\.description) == [
        "worker waits for list_lock, which it holds itself: it cannot go on"
      ])
  }

  @Test("A wait for a thread's end can be part of a deadlock")
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

  @Test("A wait with a deadline is not part of a deadlock")
  func deadline() {
    var script = Script(threads: "a", "b")
    script.acquire(Script.a, Script.lock)
    script.acquire(Script.b, Script.other)
    script.wait(Script.a, .lock, Script.other, until: 1_000_000)
    script.wait(Script.b, .lock, Script.lock)
    #expect(script.findings == [])
  }

  @Test("A wait for a lock whose holder has ended is found, whichever came first")
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
        == "early waits for list_lock, but owner has ended without releasing it")
  }

  @Test("Two threads that read 41 and both write 42 lose an update, reported once")
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
  }

  @Test("Updates one after another lose nothing")
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

@Suite("Findings about locks")
struct LockFindingTests {
  @Test("A lock is abandoned as soon as its holder ends, even if no thread waits for it")
  func abandoned() {
    var script = Script(threads: "owner", "late")
    script.acquire(Script.a)
    script.add(.threadExit, Script.a)
    #expect(
      script.findings.map(\.description) == [
        "owner has ended and still holds list_lock: the next to ask for it waits forever"
      ])
    script.wait(Script.b, .lock, Script.lock)
    #expect(script.findings.count == 2)
    #expect(
      script.findings.last?.kind
        == .waitForEnded(actor: Script.b, object: Script.lock, holder: Script.a))
  }

  @Test("A wait with a deadline for an abandoned lock is not reported")
  func patient() {
    var script = Script(threads: "owner", "early", "late")
    script.acquire(Script.a)
    script.wait(Script.b, .lock, Script.lock, until: 1_000_000)
    script.add(.threadExit, Script.a)
    script.wait(Script.c, .lock, Script.lock, until: 1_000_000)
    #expect(script.findings.map(\.kind) == [.abandonedLock(object: Script.lock, holder: Script.a)])
  }

  @Test("A killed process abandons its lock, but not its semaphore")
  func processes() {
    var script = Script(threads: "owner")
    script.name(ObjectID(6), "permits", "semaphore")
    script.acquire(Script.a)
    script.add(.lockAcquire, Script.a, ObjectID(6), numbers: [nil, 1])
    script.add(.processExit, Script.a, numbers: [nil, 9])
    #expect(script.findings.map(\.kind) == [.abandonedLock(object: Script.lock, holder: Script.a)])
  }

  @Test("A deadlock names the threads that wait for it, directly or through others")
  func heldUp() {
    var script = Script(threads: "a", "b", "c")
    script.acquire(Script.a, Script.lock)
    script.acquire(Script.b, Script.other)
    script.wait(.main, .join, for: Script.c)
    script.wait(Script.c, .join, for: Script.a)
    script.wait(Script.a, .lock, Script.other)
    script.wait(Script.b, .lock, Script.lock)
    #expect(
      script.findings.map(\.description) == [
        "b waits for list_lock, held by a; a waits for other_lock, held by b: neither can go on; "
          + "held up by that: c, which waits for a to end; main, which waits for c to end"
      ])
  }

  private static func turns(_ count: Int, milliseconds: UInt64) -> Script {
    var script = Script(threads: "greedy", "starved", "greedy-2")
    script.acquire(Script.a)
    script.wait(Script.b, .lock, Script.lock)
    for turn in 0..<count {
      script.release(turn % 2 == 0 ? Script.a : Script.c)
      script.at(script.time / 1000 + milliseconds * 1000)
      script.acquire(turn % 2 == 0 ? Script.c : Script.a)
    }
    return script
  }

  @Test("A wait of a second during 64 turns of others is starvation, reported once per wait")
  func starvation() {
    #expect(Self.turns(63, milliseconds: 20).findings == [])
    #expect(Self.turns(100, milliseconds: 5).findings == [])
    let findings = Self.turns(200, milliseconds: 20).findings
    #expect(findings.count == 1)
    guard case .starvation(let starved) = findings.first?.kind else {
      Issue.record("not starved: \(findings)")
      return
    }
    #expect(starved.actor == Script.b && starved.acquired == 64)
    #expect(
      findings.first?.description
        == "starved has waited 1.3 s for list_lock, which others acquired 64 times meanwhile")
  }

  /// Threads that take locks in one order, read and write while holding them, and are joined at the
  /// end.
  private static func orderly(seed: UInt64) -> Script {
    var random = Seeded(seed)
    var script = Script(threads: "a", "b", "c")
    var counter = 0
    for _ in 0..<60 {
      let actor = ActorID(Int.random(in: 2...4, using: &random))
      let others = [2, 3, 4].map { ActorID($0) }.filter { $0 != actor }
      script.acquire(actor)
      let waiter = others.randomElement(using: &random)
      if let waiter, Bool.random(using: &random) {
        script.wait(waiter, .lock, Script.lock)
      }
      let isNested = Bool.random(using: &random)
      if isNested { script.acquire(actor, Script.other) }
      script.read(actor, "\(counter)")
      counter += 1
      script.write(actor, "\(counter)")
      if isNested { script.release(actor, Script.other) }
      script.release(actor)
      if let waiter, script.state[waiter]?.wait != nil {
        script.goOn(waiter, .lock, Script.lock)
        script.acquire(waiter)
        script.release(waiter)
      }
    }
    for actor in [Script.a, Script.b, Script.c] {
      script.wait(.main, .join, for: actor)
      script.add(.threadExit, actor)
      script.goOn(.main, .join)
    }
    script.finish()
    return script
  }

  @Test("A correct run has no findings, in whatever order its actors take turns", arguments: 1...12)
  func orderly(seed: Int) {
    #expect(Self.orderly(seed: UInt64(seed)).findings == [])
  }

  @Test("Findings do not depend on how the events are split into batches", arguments: 1...12)
  func pieces(seed: Int) {
    var random = Seeded(UInt64(seed))
    var script = Self.turns(100, milliseconds: 20)
    script.release(script.state[Script.lock]?.lock.holder ?? Script.a)
    script.goOn(Script.b, .lock, Script.lock)
    script.acquire(Script.b)
    script.wait(.main, .join, for: Script.b)
    script.add(.threadExit, Script.b)
    script.wait(Script.a, .lock, Script.lock)
    let whole = script.findings
    #expect(whole.count == 3)
    // The detector is copied between the batches, as a checkpoint copies it.
    var detector = FindingDetector()
    var findings: [Finding] = []
    var rest = script.events[...]
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 1...40, using: &random))
      rest = rest.dropFirst(piece.count)
      var copy = detector
      for event in piece { findings += copy.apply(event) }
      detector = copy
    }
    #expect(findings == whole)
  }
}

import Events
import Rings
import TestEvents
import TestNumbers
import Testing

@testable import Trace

/// Damaged recordings with many impossible events: each fold ends and stays small.
@Suite("Folding damaged recordings")
struct HostileFoldTests {
  private static let gate = ObjectID(9)

  private static func semaphore(
    _ kind: EventKind, _ actor: ActorID, permits: Int64, seq: Int = 1
  ) -> Event {
    var event = Event(kind, seq: UInt64(seq), actor: actor, object: gate)
    event.record[EventField.permits.slot] = permits
    return event
  }

  private static func list(_ kind: EventKind, _ value: Int, size: Int, seq: Int) -> Event {
    var event = Event(kind, seq: UInt64(seq), actor: Script.a, object: Script.list)
    event.setValue(.number(Int64(value)))
    event.record[EventField.size.slot] = Int64(size)
    return event
  }

  @Test("An actor without a permit that gives one back releases the first holder's")
  func signal() {
    var script = Script(threads: "a", "b", "c")
    script.add(.lockAcquire, Script.a, Self.gate, numbers: [nil, 1])
    script.add(.lockAcquire, Script.b, Self.gate, numbers: [nil, 0])
    script.add(.lockRelease, Script.c, Self.gate, numbers: [nil, 1])
    #expect(script.state[Self.gate]?.lock.holders == [Script.b])
    #expect(script.state[Script.a]?.holds == [])
    script.add(.lockRelease, Script.b, Self.gate, numbers: [nil, 2])
    script.add(.lockRelease, Script.c, Self.gate, numbers: [nil, 3])
    #expect(script.state[Self.gate]?.lock.inside == 0)
    #expect(script.violations == [])
    #expect(script.state.contradictions() == [])
  }

  @Test("A semaphore that is used as a signal many times ends without holders")
  func signals() {
    var state = RunState()
    for round in 0..<100_000 {
      state.apply(Self.semaphore(.lockAcquire, Script.a, permits: 0, seq: 2 * round + 1))
      state.apply(Self.semaphore(.lockRelease, Script.b, permits: 1, seq: 2 * round + 2))
    }
    #expect(state[Self.gate]?.lock.inside == 0)
    #expect(state[Script.a]?.holds == [])
  }

  @Test("Very many holders of a semaphore are counted, but not all kept")
  func manyHolders() {
    var state = RunState()
    let count = 3 * LockState.maxHolders
    for number in 1...count {
      state.apply(Self.semaphore(.lockAcquire, Script.a, permits: 0, seq: number))
    }
    #expect(state[Self.gate]?.lock.holders.count == LockState.maxHolders)
    #expect(state[Self.gate]?.lock.inside == count)
    for number in 1...count {
      state.apply(Self.semaphore(.lockRelease, Script.b, permits: 1, seq: count + number))
    }
    #expect(state[Self.gate]?.lock.inside == 0)
    #expect(state[Script.a]?.holds == [])
    #expect(state.contradictions() == [])
  }

  @Test("An actor's very many locks are not all kept, but each can be released")
  func manyLocks() {
    var state = RunState()
    let count = 5_000
    for number in 1...count {
      state.apply(Event(.lockAcquire, seq: UInt64(number), object: ObjectID(number)))
    }
    #expect(state[.main]?.holds.count == ActorState.maxHolds)
    #expect(state.contradictions() == [])
    for number in 1...count {
      state.apply(Event(.lockRelease, seq: UInt64(count + number), object: ObjectID(number)))
    }
    #expect(state[.main]?.holds == [])
    #expect(state.objects.indices.allSatisfy { state.objects[$0].lock.holder == nil })
    #expect(state.contradictions() == [])
  }

  @Test("A semaphore that is renamed to a list causes no contradiction")
  func renamed() {
    var script = Script(threads: "a", "b")
    script.add(.lockAcquire, Script.a, Self.gate, numbers: [nil, 1])
    script.add(.lockAcquire, Script.b, Self.gate, numbers: [nil, 0])
    script.name(Self.gate, "gate", "list")
    #expect(script.state[Self.gate]?.form == .list)
    #expect(script.state.contradictions() == [])
  }

  @Test("Impossible numbers of permits are cut and reported")
  func permits() {
    for permits in [Int64.max, .min] {
      for kind in [EventKind.lockAcquire, .lockRelease] {
        var state = RunState()
        state.apply(Self.semaphore(kind, Script.a, permits: permits))
        #expect(state[Self.gate]?.lock.permits?.magnitude == UInt(LockState.maxPermits))
        #expect(state.violations.contains { $0.message == "object 9 has \(permits) permits" })
      }
    }
  }

  @Test("A list that is used as a stack has the values of the events")
  func stack() {
    var state = RunState()
    let count = 100_000
    for number in 1...count {
      state.apply(Self.list(.listAppend, number, size: number, seq: number))
    }
    for number in 1...count - 3 {
      let size = count - number
      state.apply(Self.list(.listRemove, size + 1, size: size, seq: count + number))
    }
    #expect(state[Script.list]?.sequence.contents == ["1", "2", "3"])
    #expect(state.contradictions() == [])
  }

  @Test("Jumping sizes invent a limited number of values")
  func sizes() {
    var state = RunState()
    let count = 20_000
    for number in 1...count {
      state.apply(
        Self.list(.listAppend, 1, size: number % 2 == 0 ? 0 : RunState.maxID, seq: number))
    }
    #expect(state.invented <= RunState.maxID + 4 * count)
    #expect(state.invented > RunState.maxID)
    #expect(state.contradictions() == [])
  }

  @Test("Jumping sizes of many objects share one limit")
  func manySizes() {
    var state = RunState()
    for number in 1...100 {
      var event = Self.list(.listAppend, 1, size: RunState.maxID, seq: number)
      event.record.object = UInt32(number)
      state.apply(event)
    }
    let held = state.objects.reduce(0) { $0 + $1.sequence.count }
    #expect(held <= RunState.maxID + 5 * 100)
  }

  @Test("One large number creates few actors and objects, and a larger one is reported")
  func gaps() {
    var state = RunState()
    state.apply(Event(.runStart, seq: 1))
    var spawn = Event(.threadSpawn, seq: 2)
    spawn.record[EventField.child.slot] = Int64(RunState.maxID)
    state.apply(spawn)
    state.apply(Event(.eventSet, seq: 3, object: ObjectID(RunState.maxID)))
    #expect(state.actors.count == 1)
    #expect(state.objects.isEmpty)
    #expect(
      state.violations.map(\.message) == ["there is no actor 65536", "there is no object 65536"])
    spawn.record[EventField.child.slot] = Int64(RunState.maxGap)
    state.apply(spawn)
    #expect(state.actors.count == RunState.maxGap)
  }

  /// Threads that each wait for the next one's end, the last for the first.
  private static func cycle(of count: Int) -> [Finding] {
    var detector = FindingDetector()
    var findings: [Finding] = []
    for number in 1...count {
      var event = Event(.waitBegin, seq: UInt64(number), actor: ActorID(number))
      event.record[EventField.reason.slot] = WaitReason.join.rawValue
      event.record[EventField.awaited.slot] = Int64(number == count ? 1 : number + 1)
      findings += detector.apply(event)
    }
    return findings
  }

  @Test("A cycle is found up to a length that no run reaches")
  func cycles() {
    #expect(FindingDetector.longestCycle > RunMemory.slotCount)
    let found = Self.cycle(of: FindingDetector.longestCycle)
    #expect(found.map(\.stuckActors.count) == [FindingDetector.longestCycle])
    #expect(Self.cycle(of: FindingDetector.longestCycle + 1).isEmpty)
  }

  @Test("The search ends on a chain that leads into a cycle")
  func chainIntoCycle() {
    var script = Script(threads: "a", "b", "c")
    script.wait(Script.a, .join, for: Script.b)
    script.wait(Script.b, .join, for: Script.a)
    script.wait(Script.c, .join, for: Script.a)
    #expect(script.findings.map(\.stuckActors) == [[Script.b, Script.a]])
  }

  @Test("All actors that wait behind a deadlock are counted, in a chain of any length")
  func chain() {
    var detector = FindingDetector()
    var descriptions: [String] = []
    let count = 20_000
    // Each actor waits for the one before, and the first two for each other.
    for number in (1...count).reversed() {
      var event = Event(.waitBegin, seq: UInt64(count - number + 1), actor: ActorID(number))
      if number == count { _ = detector.apply(Event(.runStart, seq: 0)) }
      event.record[EventField.reason.slot] = WaitReason.join.rawValue
      event.record[EventField.awaited.slot] = Int64(number == 1 ? 2 : number - 1)
      // Actor numbers start at 1.
      while detector.state.actors.count < count {
        _ = detector.apply(Event(.line, actor: ActorID(detector.state.actors.count + 1)))
      }
      descriptions += detector.apply(event).map(\.description)
    }
    #expect(descriptions.count == 1)
    #expect(descriptions.first?.hasSuffix("and \(count - 2 - 3) more") == true)
  }

  @Test("No damaged line crashes the fold or makes it large")
  func damagedLines() {
    var random = RandomEvents(seed: 42)
    var detector = FindingDetector()
    for round in 0..<20_000 {
      let kind = EventKind.allCases[round % EventKind.allCases.count]
      let line = random.mutated(Array(random.event(kind).json().utf8))
      guard let event = try? EventLineScanner.event(in: line.span) else { continue }
      _ = detector.apply(event)
    }
    #expect(detector.state.events > 1000)
    #expect(detector.state.actors.count <= RunState.maxID)
  }

  @Test("No damaged recording crashes the fold")
  func damagedRecordings() throws {
    var random = RandomEvents(seed: 7)
    var good: [UInt8] = []
    var script = Script(threads: "producer", "consumer")
    script.wait(Script.a, .queueGet, Script.list)
    script.add(.output, Script.a, texts: ["added 0\n"])
    script.finish()
    for event in script.events {
      event.writeJSON(to: &good)
      good.append(10)
    }
    var read = 0
    for _ in 0..<3000 {
      var reader = RecordingReader()
      var events: [Event] = []
      guard (try? reader.take(random.mutated(good), into: &events)) != nil else { continue }
      var state = RunState()
      for event in events { state.apply(event) }
      read += state.events
    }
    #expect(read > 1000)
  }

  @Test("The holders of locks count in the size of a checkpoint")
  func ownBytes() {
    var fold = RunFold()
    fold.apply(Self.semaphore(.lockAcquire, Script.a, permits: 0))
    let small = fold.ownBytes(after: nil)
    for number in 2...1000 {
      fold.apply(Self.semaphore(.lockAcquire, Script.a, permits: 0, seq: number))
    }
    let large = fold.ownBytes(after: nil)
    #expect(large >= small + 999 * MemoryLayout<ActorID>.stride)
  }
}

@Suite("Removing a value from a chunked deque")
struct ChunkedDequeRemovalTests {
  @Test("It removes the last element if that is equal, else the first equal one")
  func likeAnArray() {
    var random = Seeded(11)
    for shift in [1, 2, 8] {
      var deque = ChunkedDeque<Int>(shift: shift)
      var array: [Int] = []
      var copies: [(ChunkedDeque<Int>, [Int])] = []
      for step in 0..<3000 {
        let value = Int.random(in: 0..<40, using: &random)
        switch Int.random(in: 0..<(step < 1500 ? 8 : 4), using: &random) {
        case 0:
          let place = array.last == value ? array.count - 1 : array.firstIndex(of: value)
          #expect(deque.remove(value) == (place != nil))
          if let place { array.remove(at: place) }
        case 1: #expect(deque.popLast() == array.popLast())
        case 2: #expect(deque.popFirst() == (array.isEmpty ? nil : array.removeFirst()))
        default:
          deque.append(value)
          array.append(value)
        }
        if step % 300 == 0 { copies.append((deque, array)) }
      }
      #expect(deque.slice(0..<deque.count) == array)
      for (copy, array) in copies { #expect(copy.slice(0..<copy.count) == array) }
    }
  }

  @Test("It only searches near both ends")
  func reach() {
    var deque = ChunkedDeque<Int>()
    let reach = ChunkedDeque<Int>.searchReach
    for value in 0..<3 * reach { deque.append(value) }
    let isMiddleTaken = deque.remove(reach)
    let areEdgesTaken = deque.remove(reach - 1) && deque.remove(2 * reach)
    #expect(!isMiddleTaken)
    #expect(areEdgesTaken)
    #expect(deque.count == 3 * reach - 2)
    #expect(deque.slice(reach - 2..<reach) == [reach - 2, reach])
  }
}

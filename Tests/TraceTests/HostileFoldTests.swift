import Events
import Rings
import TestEvents
import TestNumbers
import Testing

@testable import Trace

/// What damaged recordings may hold, by the hundred thousand: each fold ends, and holds little.
@Suite("A run that no program makes")
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

  @Test("Who gives a permit back that another took lets through whoever took it first")
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
    #expect(script.noted == [])
    #expect(script.state.violations() == [])
  }

  @Test("A semaphore used as a signal again and again has nobody left inside")
  func signals() {
    var state = RunState()
    for round in 0..<100_000 {
      state.apply(Self.semaphore(.lockAcquire, Script.a, permits: 0, seq: 2 * round + 1))
      state.apply(Self.semaphore(.lockRelease, Script.b, permits: 1, seq: 2 * round + 2))
    }
    #expect(state[Self.gate]?.lock.inside == 0)
    #expect(state[Script.a]?.holds == [])
  }

  @Test("Of those inside a semaphore very many are counted and not kept")
  func crowd() {
    var state = RunState()
    let count = 3 * LockState.mostHolders
    for number in 1...count {
      state.apply(Self.semaphore(.lockAcquire, Script.a, permits: 0, seq: number))
    }
    #expect(state[Self.gate]?.lock.holders.count == LockState.mostHolders)
    #expect(state[Self.gate]?.lock.inside == count)
    for number in 1...count {
      state.apply(Self.semaphore(.lockRelease, Script.b, permits: 1, seq: count + number))
    }
    #expect(state[Self.gate]?.lock.inside == 0)
    #expect(state[Script.a]?.holds == [])
    #expect(state.violations() == [])
  }

  @Test("Of very many locks that one actor holds a part is kept, and each is let go all the same")
  func manyLocks() {
    var state = RunState()
    let count = 20_000
    for number in 1...count {
      state.apply(Event(.lockAcquire, seq: UInt64(number), object: ObjectID(number)))
    }
    #expect(state[.main]?.holds.count == ActorState.mostHolds)
    #expect(state.violations() == [])
    for number in 1...count {
      state.apply(Event(.lockRelease, seq: UInt64(count + number), object: ObjectID(number)))
    }
    #expect(state[.main]?.holds == [])
    #expect(state.objects.indices.allSatisfy { state.objects[$0].lock.holder == nil })
    #expect(state.violations() == [])
  }

  @Test("What was a semaphore and is called a list is at odds with no rule of the state's own")
  func renamed() {
    var script = Script(threads: "a", "b")
    script.add(.lockAcquire, Script.a, Self.gate, numbers: [nil, 1])
    script.add(.lockAcquire, Script.b, Self.gate, numbers: [nil, 0])
    script.name(Self.gate, "gate", "list")
    #expect(script.state[Self.gate]?.form == .list)
    #expect(script.state.violations() == [])
  }

  @Test("More permits than any program gives are cut and noted, and so is what is below none")
  func permits() {
    for permits in [Int64.max, .min] {
      for kind in [EventKind.lockAcquire, .lockRelease] {
        var state = RunState()
        state.apply(Self.semaphore(kind, Script.a, permits: permits))
        #expect(state[Self.gate]?.lock.permits?.magnitude == UInt(LockState.mostPermits))
        #expect(state.noted.contains { $0.message == "object 9 has \(permits) permits" })
      }
    }
  }

  @Test("A list used as a stack is what the events say, from the last value to the first")
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
    #expect(state.violations() == [])
  }

  @Test("Sizes that jump to and fro make no more values than the events pay for")
  func sizes() {
    var state = RunState()
    let count = 20_000
    for number in 1...count {
      state.apply(
        Self.list(.listAppend, 1, size: number % 2 == 0 ? 0 : RunState.greatestID, seq: number))
    }
    #expect(state.invented <= RunState.greatestID + 4 * count)
    #expect(state.invented > RunState.greatestID)
    #expect(state.violations() == [])
  }

  @Test("Jumping sizes of many objects are paid for together")
  func manySizes() {
    var state = RunState()
    for number in 1...100 {
      var event = Self.list(.listAppend, 1, size: RunState.greatestID, seq: number)
      event.record.object = UInt32(number)
      state.apply(event)
    }
    let held = state.objects.reduce(0) { $0 + $1.sequence.count }
    #expect(held <= RunState.greatestID + 5 * 100)
  }

  @Test("One number makes no more than a few actors and objects, and is noted where it is farther")
  func gaps() {
    var state = RunState()
    state.apply(Event(.runStart, seq: 1))
    var spawn = Event(.threadSpawn, seq: 2)
    spawn.record[EventField.child.slot] = Int64(RunState.greatestID)
    state.apply(spawn)
    state.apply(Event(.eventSet, seq: 3, object: ObjectID(RunState.greatestID)))
    #expect(state.actors.count == 1)
    #expect(state.objects.isEmpty)
    #expect(
      state.noted.map(\.message) == ["there is no actor 65536", "there is no object 65536"])
    spawn.record[EventField.child.slot] = Int64(RunState.greatestGap)
    state.apply(spawn)
    #expect(state.actors.count == RunState.greatestGap)
  }

  /// Threads of which each waits for the next one's end, the last for the first's.
  private static func circle(of count: Int) -> [Finding] {
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

  @Test("A circle of waits is found up to a length that no run reaches, and not looked for beyond")
  func circles() {
    #expect(FindingDetector.longestCycle > RunMemory.slotCount)
    let found = Self.circle(of: FindingDetector.longestCycle)
    #expect(found.map(\.stuckActors.count) == [FindingDetector.longestCycle])
    #expect(Self.circle(of: FindingDetector.longestCycle + 1).isEmpty)
  }

  @Test("A chain that leads into a circle goes round in it no longer than a circle may be")
  func chainIntoCircle() {
    var script = Script(threads: "a", "b", "c")
    script.wait(Script.a, .join, for: Script.b)
    script.wait(Script.b, .join, for: Script.a)
    script.wait(Script.c, .join, for: Script.a)
    #expect(script.findings.map(\.stuckActors) == [[Script.b, Script.a]])
  }

  @Test("All who wait behind a deadlock are counted, however long the row is")
  func row() {
    var detector = FindingDetector()
    var told: [String] = []
    let count = 20_000
    // Each waits for the one before, the first two for each other.
    for number in (1...count).reversed() {
      var event = Event(.waitBegin, seq: UInt64(count - number + 1), actor: ActorID(number))
      if number == count { _ = detector.apply(Event(.runStart, seq: 0)) }
      event.record[EventField.reason.slot] = WaitReason.join.rawValue
      event.record[EventField.awaited.slot] = Int64(number == 1 ? 2 : number - 1)
      // Numbers are given from the first on.
      while detector.state.actors.count < count {
        _ = detector.apply(Event(.line, actor: ActorID(detector.state.actors.count + 1)))
      }
      told += detector.apply(event).map(\.description)
    }
    #expect(told.count == 1)
    #expect(told.first?.hasSuffix("and \(count - 2 - 3) more") == true)
  }

  @Test("A state takes in whatever a damaged line says, and stays small")
  func damagedLines() {
    var random = RandomEvents(seed: 42)
    var detector = FindingDetector()
    for round in 0..<20_000 {
      let kind = EventKind.allCases[round % EventKind.allCases.count]
      let line = random.mutated(Array(random.event(kind).json().utf8))
      guard let event = try? FlatLineScanner.event(in: line.span) else { continue }
      _ = detector.apply(event)
    }
    #expect(detector.state.events > 1000)
    #expect(detector.state.actors.count <= RunState.greatestID)
  }

  @Test("A state takes in whatever a damaged recording gives")
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

  @Test("What a checkpoint keeps of locks counts in its weight")
  func weight() {
    var fold = RunFold()
    fold.apply(Self.semaphore(.lockAcquire, Script.a, permits: 0))
    let light = fold.ownBytes(after: nil)
    for number in 2...1000 {
      fold.apply(Self.semaphore(.lockAcquire, Script.a, permits: 0, seq: number))
    }
    let heavy = fold.ownBytes(after: nil)
    #expect(heavy >= light + 999 * MemoryLayout<ActorID>.stride)
  }
}

@Suite("Taking a value out of a chunked row")
struct ChunkedDequeRemovalTests {
  @Test("takes the last where it is the one, else the first that is, as an array does")
  func likeAnArray() {
    var random = Seeded(11)
    for shift in [1, 2, 8] {
      var row = ChunkedDeque<Int>(shift: shift)
      var array: [Int] = []
      var copies: [(ChunkedDeque<Int>, [Int])] = []
      for step in 0..<3000 {
        let value = Int.random(in: 0..<40, using: &random)
        switch Int.random(in: 0..<(step < 1500 ? 8 : 4), using: &random) {
        case 0:
          let place = array.last == value ? array.count - 1 : array.firstIndex(of: value)
          #expect(row.remove(value) == (place != nil))
          if let place { array.remove(at: place) }
        case 1: #expect(row.popLast() == array.popLast())
        case 2: #expect(row.popFirst() == (array.isEmpty ? nil : array.removeFirst()))
        default:
          row.append(value)
          array.append(value)
        }
        if step % 300 == 0 { copies.append((row, array)) }
      }
      #expect(row.slice(0..<row.count) == array)
      for (copy, array) in copies { #expect(copy.slice(0..<copy.count) == array) }
    }
  }

  @Test("looks for it near both ends only")
  func reach() {
    var row = ChunkedDeque<Int>()
    let reach = ChunkedDeque<Int>.reach
    for value in 0..<3 * reach { row.append(value) }
    let isMiddleTaken = row.remove(reach)
    let areEdgesTaken = row.remove(reach - 1) && row.remove(2 * reach)
    #expect(!isMiddleTaken)
    #expect(areEdgesTaken)
    #expect(row.count == 3 * reach - 2)
    #expect(row.slice(reach - 2..<reach) == [reach - 2, reach])
  }
}

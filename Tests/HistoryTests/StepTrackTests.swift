import Events
import TestNumbers
import Testing
import Trace

@testable import History

@Suite("A track of steps")
struct StepTrackTests {
  /// The same, as plainly as can be.
  private struct Plain {
    var steps: [(start: UInt64, value: Int)] = []

    mutating func append(_ value: Int, at time: UInt64) {
      guard value != steps.last?.value else { return }
      steps.append((max(time, steps.last?.start ?? 0), value))
    }

    func mostTelling(from start: UInt64, to end: UInt64) -> Int? {
      guard let high = steps.lastIndex(where: { $0.start < end }) else { return nil }
      let low =
        steps.firstIndex { $0.start == start && $0.start < end }
        ?? steps.lastIndex { $0.start < start } ?? 0
      return steps[low...max(low, high)].map(\.value).max()
    }
  }

  @Test(
    "answers as a plain list of steps does, however long and unevenly they last", arguments: 1...8)
  func plain(seed: UInt64) {
    var random = Seeded(seed)
    var track = StepTrack<Int>()
    var plain = Plain()
    // Few or many steps, close together or hours apart, and some at the same time.
    let count = [3, 127, 128, 129, 300, 5000, 9000, 6000][Int(seed) - 1]
    let greatest: UInt64 = seed % 3 == 0 ? 1 << 36 : 1000
    var time: UInt64 = 0
    for _ in 0..<count {
      if Int.random(in: 0..<3, using: &random) > 0 {
        time += UInt64.random(in: 0...greatest, using: &random)
      }
      let value = Int.random(in: -50...50, using: &random)
      let late = time - min(time, UInt64.random(in: 0...3, using: &random))
      track.append(value, at: late)
      plain.append(value, at: late)
    }
    #expect(track.parts.map(\.start) == plain.steps.map(\.start))
    #expect(track.parts.map(\.value) == plain.steps.map(\.value))
    #expect(track.parts.dropLast().map(\.end) == plain.steps.dropFirst().map(\.start))
    for _ in 0..<300 {
      var asked = UInt64.random(in: 0...time + 10, using: &random)
      if Bool.random(using: &random), let step = plain.steps.randomElement(using: &random) {
        asked = step.start
      }
      let index = plain.steps.lastIndex { $0.start <= asked }
      #expect(track.part(at: asked)?.start == index.map { plain.steps[$0].start })
      #expect(track.part(at: asked)?.value == index.map { plain.steps[$0].value })
      #expect(track.start(after: asked) == plain.steps.first { $0.start > asked }?.start)
      #expect(track.start(before: asked) == plain.steps.last { $0.start < asked }?.start)
      let end = asked + UInt64.random(in: 1...max(2, time), using: &random)
      #expect(
        track.mostTelling(from: asked, to: end) == plain.mostTelling(from: asked, to: end))
    }
  }

  @Test("answers at the ends of time, and nothing before its first step")
  func ends() {
    var track = StepTrack<Int>()
    #expect(track.part(at: 5) == nil && track.mostTelling(from: 0, to: .max) == nil)
    #expect(track.start(after: 0) == nil && track.start(before: .max) == nil)
    track.append(7, at: 10)
    track.append(9, at: .max)
    track.append(8, at: 3)
    #expect(track.parts.map(\.start) == [10, .max, .max])
    #expect(track.part(at: 9) == nil)
    #expect(track.part(at: .max)?.value == 8)
    #expect(track.start(after: .max) == nil)
    #expect(track.start(after: .max - 1) == .max)
    #expect(track.start(before: .max) == 10)
    #expect(track.mostTelling(from: 0, to: .max) == 7)
  }

  @Test("shows of equals the latest, in one piece and across many")
  func latest() {
    for count in [10, 100, 1000, 10_000] {
      var track = StepTrack<LaneCell>()
      for number in 0..<count {
        track.append(.holding(ObjectID(number + 1)), at: UInt64(number * 10))
        track.append(.running, at: UInt64(number * 10 + 5))
      }
      #expect(track.mostTelling(from: 0, to: 100_000) == .holding(ObjectID(count)))
      let middle = UInt64(count * 5)
      #expect(
        track.mostTelling(from: 0, to: middle + 5) == .holding(ObjectID(count / 2 + 1)))
    }
  }

  @Test("gives back what an actor does, packed, whatever the numbers")
  func cells() {
    var cells: [LaneCell] = [.blank, .starting, .asleep, .running]
    cells += WaitReason.allCases.map { .waiting($0) }
    for number in [0, 1, RunState.greatestID] {
      cells.append(.holding(ObjectID(number)))
      cells.append(.task(pool: ObjectID(number), number: Int(Int32.max) - number))
    }
    for cell in cells {
      #expect(LaneCell(packed: cell.packed) == cell)
      #expect(LaneCell.rank(packed: cell.packed) == Int64(cell.rank))
    }
    let beyond = LaneCell.task(pool: ObjectID(3), number: .max)
    #expect(LaneCell(packed: beyond.packed) == .task(pool: ObjectID(3), number: Int(Int32.max)))
    #expect(ActorID?(packed: ActorID?.none.packed) == nil)
    #expect(ActorID?(packed: ActorID?.some(.main).packed) == .main)
  }

  @Test("leaves a copy as it was when it goes on")
  func copies() {
    var track = StepTrack<Int>()
    var copies: [(count: Int, track: StepTrack<Int>)] = []
    for number in 0..<1000 {
      if number % 77 == 0 { copies.append((number, track)) }
      track.append(number, at: UInt64(number))
    }
    for (count, copy) in copies { #expect(copy.parts.map(\.value) == Array(0..<count)) }
  }
}

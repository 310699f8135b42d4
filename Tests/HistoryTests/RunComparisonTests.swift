import Events
import TestEvents
import Testing

@testable import History

@Suite("Two runs beside each other")
struct RunComparisonTests {
  /// Two threads that each take a lock and add to a list, in a given order.
  static func run(_ order: [ActorID], pace: UInt64 = 10, result: String = "3", isWhole: Bool = true)
    -> EventLog
  {
    var script = Script(threads: "a", "b")
    for (turn, actor) in order.enumerated() {
      script.at(UInt64(turn + 10) * pace)
      script.acquire(actor)
      // How long the list is then is not the actor's own doing.
      let size = Int64(turn + 1)
      script.add(.listAppend, actor, Script.list, numbers: [Int64(actor.rawValue), size])
      script.release(actor)
    }
    if isWhole {
      script.add(.result, .main, texts: ["total"], value: result)
      script.finish()
    }
    var log = EventLog()
    for event in script.events { log.append(event) }
    return log
  }

  @Test("of the same course have nothing that parts them, however long each took")
  func same() {
    let one = Self.run([Script.a, Script.b, Script.a])
    let other = Self.run([Script.a, Script.b, Script.a], pace: 700)
    let comparison = RunComparison(one, other)
    #expect(comparison.parting == nil)
    #expect(comparison.unchanged == [.main, Script.a, Script.b])
    #expect(comparison.results.isEmpty && comparison.sameResults == 1)
  }

  @Test("part where the order does, though each thread did the same for itself")
  func order() throws {
    let one = Self.run([Script.a, Script.b, Script.a])
    let other = Self.run([Script.a, Script.a, Script.b])
    let comparison = RunComparison(one, other)
    let parting = try #require(comparison.parting)
    let first = one[try #require(parting.first)]
    let second = other[try #require(parting.second)]
    #expect(first.kind == .lockAcquire && first.actor == Script.b)
    #expect(second.kind == .lockAcquire && second.actor == Script.a)
    #expect(comparison.unchanged == [.main, Script.a, Script.b])
  }

  @Test("tell whose own course differs, and from which of its steps on")
  func course() throws {
    let comparison = RunComparison(
      Self.run([Script.a, Script.b]), Self.run([Script.a, Script.b, Script.b]))
    let course = try #require(comparison.courses.first { $0.actor == Script.b })
    #expect(course.parting?.first == nil && course.parting?.second != nil)
    #expect(comparison.unchanged == [.main, Script.a])
  }

  @Test("tell the results that are not the same, and who is in one of them alone")
  func results() {
    var script = Script(threads: "a")
    script.acquire(Script.a)
    script.finish()
    var alone = EventLog()
    for event in script.events { alone.append(event) }
    let comparison = RunComparison(Self.run([Script.a], result: "4"), alone)
    #expect(comparison.onlyFirst == [Script.b] && comparison.onlySecond.isEmpty)
    #expect(comparison.results.map(\.name) == ["total"])
    #expect(comparison.results.first?.first == "4" && comparison.results.first?.second == nil)
  }

  @Test("say nothing of what came after one of them broke off, and that it did")
  func cut() {
    let whole = Self.run([Script.a, Script.b, Script.a])
    for order in [[], [Script.a], [Script.a, Script.b]] as [[ActorID]] {
      let cut = Self.run(order, isWhole: false)
      for (one, other) in [(whole, cut), (cut, whole)] {
        let comparison = RunComparison(one, other)
        #expect(comparison.parting == nil && comparison.courses.allSatisfy { $0.parting == nil })
        #expect(comparison.common > order.count && comparison.results.isEmpty)
        #expect(comparison.onlyFirst.isEmpty && comparison.onlySecond.isEmpty)
        #expect(comparison.breaksOff.first != comparison.breaksOff.second)
      }
    }
    // What differs before that does so still.
    let other = Self.run([Script.a, Script.a], isWhole: false)
    #expect(RunComparison(whole, other).parting != nil)
    #expect(RunComparison(whole, whole).breaksOff == (false, false))
  }
}

import Events
import TestEvents
import Testing

@testable import Trace

@Suite("The order in which the tasks of a pool end")
struct TaskOrderTests {
  /// The order of a run whose tasks, numbered from 1, end in the given order, in turn on two threads.
  private func order(_ ended: [Int64], base: Int = 100, demo: String = "factorial") -> TaskOrder {
    var script = Script()
    script.add(.runStart, .main, texts: [demo, "", "native", "1"])
    script.add(.poolOpen, .main, Script.pool, numbers: [nil, 3])
    func task(_ kind: EventKind, _ actor: ActorID, _ number: Int64, _ value: String) {
      script.add(
        kind, actor, Script.pool, numbers: [nil, Int64(Script.pool.rawValue), number], value: value)
    }
    for number in ended.sorted() { task(.taskSubmit, .main, number, "\(base + Int(number))") }
    for (place, number) in ended.enumerated() {
      task(.taskStart, place % 2 == 0 ? Script.a : Script.b, number, "\(base + Int(number))")
    }
    for number in ended {
      task(.taskFinish, Script.a, number, number == 1 ? "720" : "9…0 (4300 digits)")
    }
    var order = TaskOrder()
    for event in script.events { order.note(event) }
    return order
  }

  @Test("A task is overtaken if it ends after a task that was submitted later")
  func overtaken() {
    #expect(order([1, 2, 3]).overtaken == 0)
    #expect(order([2, 1, 3]).overtaken == 1)
    #expect(order([3, 1, 2]).overtaken == 2)
  }

  @Test("The conclusion names the threads, both orders, the time and the digits")
  func conclusion() throws {
    let conclusion = try #require(order([3, 1, 2]).conclusion)
    #expect(
      conclusion.lines == [
        "2 of 3 threads took part, and 2 tasks ended after a later one.",
        "threads that took part  2 of 3",
        "order of results        101 102 103",
        "order of ending         103 101 102",
        "time                    9 µs",
        "digits                  3 to 4,300",
      ])
  }

  @Test("Long inputs are replaced by their places, one order below the other")
  func places() throws {
    let conclusion = try #require(order([3, 1, 2], base: 20_000).conclusion)
    #expect(
      conclusion.table[1...3] == [
        "task 1                  20001",
        "order of results        1 2 3",
        "order of ending         3 1 2",
      ])
  }

  @Test("A long order is cut after the first tasks")
  func long() {
    let order = order((1...50).map { $0 })
    #expect(order.ended == (101...110).map(String.init))
    #expect(order.conclusion?.table.contains { $0.hasSuffix("109 110 …") } == true)
  }

  @Test("Other demos have no such conclusion, nor does a run without a task")
  func none() {
    #expect(order([1], demo: "pool-queue").conclusion == nil)
    #expect(order([]).conclusion == nil)
  }
}

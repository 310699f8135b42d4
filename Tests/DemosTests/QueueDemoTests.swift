import Events
import TestRuns
import Testing

@testable import Concurrency

extension RunTests {
  @Suite struct QueueDemoTests {
    @Test(
      "All values arrive, each producer's in order, and the queue never exceeds its capacity",
      arguments: [
        "queue", "queue producers=1 put-delay=20ms get-delay=0ms items=4",
        "queue producers=1 consumers=4 put-delay=5ms get-delay=0ms", "queue capacity=100",
        "queue capacity=1 producers=4 consumers=3 put-delay=0ms get-delay=0ms items=50",
        "queue capacity=2 producers=8 consumers=8 put-delay=0ms get-delay=1ms items=20",
      ])
    func flow(_ command: String) throws {
      let run = try ThreadDemoRun(command)
      let (puts, gets) = (run.events(.queuePut), run.events(.queueGet))
      #expect(puts.map(\.value) == gets.map(\.value))
      let capacity = try #require(
        run.events.first?.parameters?.split(separator: " ").first { $0.hasPrefix("capacity=") })
      let places = Int(capacity.dropFirst("capacity=".count)) ?? 0
      #expect(puts.allSatisfy { ($0.size ?? .max) <= places })
      let numbers = gets.compactMap { $0.value.flatMap { Int($0) } }.filter { $0 != 10 }
      for (_, ofOne) in Dictionary(grouping: numbers, by: { $0 / 100 }) {
        #expect(ofOne == ofOne.sorted())
      }
      #expect(Set(numbers).count == numbers.count)
      #expect(run.events.result("in") == "\(puts.count)")
      #expect(run.events.result("out") == "\(gets.count)")
      #expect(run.events.result("deepest") == "\(puts.compactMap(\.size).max() ?? 0)")
      let waits = run.events(.waitEnd)
      for (arm, reason) in [("put", WaitReason.queuePut), ("get", .queueGet)] {
        let blocked = waits.filter { $0.waitReason == reason }
        #expect(run.events.measures("\(arm): blocked") == [Int64(blocked.count)])
        #expect(
          run.events.measures("\(arm): waited") == [blocked.compactMap(\.waited).reduce(0, +)])
      }
      #expect(run.events.shown.hasPrefix("All came out in order"))
    }

    @Test("The 10 goes through first, alone")
    func ten() throws {
      let run = try ThreadDemoRun("queue items=1 put-delay=0ms get-delay=0ms")
      #expect(run.events(.queuePut, .queueGet).prefix(2).map(\.value) == ["10", "10"])
    }
  }
}

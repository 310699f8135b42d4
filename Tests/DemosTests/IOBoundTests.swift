import Events
import Glibc
import TestRuns
import Testing

@testable import Demos

extension RunTests {
  @Suite struct IOBoundTests {
    @Test("Tasks in turn wait one at a time; tasks on threads and in processes wait together")
    func together() throws {
      // In steps, so that no answer comes before all tasks have asked. The clock runs during a step,
      // so the wait takes longer than all steps do on a busy machine.
      let events = try RecordedRun(pausedBefore: "io-bound tasks=4 wait=2s").stepToTheEnd()
      #expect(events.last?.runOutcome == .completed)
      #expect(violations(in: events) == [])
      // The most actors of each kind that wait for an answer at the same time.
      #expect(mostWaiting(in: events) { $0 == "main" } == 1)
      #expect(mostWaiting(in: events) { $0.hasPrefix("thread-") } == 4)
      #expect(mostWaiting(in: events) { $0.hasPrefix("process-") } == 4)
    }

    @Test("No answer comes early, and the waits in turn add up")
    func walls() throws {
      let events = try RecordedRun.events(of: "io-bound tasks=3 wait=20ms rounds=2")
      #expect(events.measures("in turn: time").count == 2)
      #expect(events.measures("in turn: time").allSatisfy { $0 >= 60_000_000 })
      #expect(events.measures("threads: time").allSatisfy { $0 >= 20_000_000 })
      #expect(events.measures("processes: time").allSatisfy { $0 >= 20_000_000 })
    }

    @Test("Start-up, CPU time and memory are measured for threads and processes")
    func bills() throws {
      let events = try RecordedRun.events(of: "io-bound tasks=3 wait=5ms rounds=2")
      for arm in ["threads", "processes"] {
        for quantity in ["CPU time", "start-up", "memory a task"] {
          let values = events.measures("\(arm): \(quantity)")
          #expect(values.count == 2)
          #expect(values.allSatisfy { $0 > 0 })
        }
      }
      #expect(events.measures("in turn: CPU time").count == 2)
      #expect(events.measures("in turn: start-up") == [])
      let threads = events.measures("threads: memory a task").max() ?? 0
      #expect(threads < events.measures("processes: memory a task").min() ?? 0)
    }

    @Test("The server's thread answers each question once")
    func answers() throws {
      let events = try RecordedRun.events(of: "io-bound tasks=3 wait=5ms")
      let server = try #require(events.actor(named: "server"))
      for task in 1...3 {
        let line = try #require(events.object(named: "answer-\(task)"))
        let sent = events.filter { $0.kind == .pipeSend && $0.object == line }
        #expect(sent.count == 3)
        #expect(sent.allSatisfy { $0.actor == server })
        let received = events.filter { $0.kind == .pipeReceive && $0.object == line }
        #expect(Set(received.map(\.actor)).count == 3)
      }
    }

    @Test("A report survives a round trip through its text")
    func reports() {
      let report = AnswerServer.Report(number: 3, began: 17, cpu: 5, memory: 4096)
      #expect(AnswerServer.Report(report.text) == report)
      #expect(AnswerServer.Report("3 17 5") == nil)
      #expect(AnswerServer.Report("3 17 5 x") == nil)
    }

    /// The most actors that waited for an answer at the same time.
    private func mostWaiting(in events: [Event], _ isMeant: (String) -> Bool) -> Int {
      var names: [ActorID: String] = [:]
      var answers: Set<ObjectID> = []
      var waiting: Set<ActorID> = []
      var most = 0
      for event in events {
        switch event.kind {
        case .actorName: names[event.actor] = event.name
        case .objectName:
          if let object = event.object, event.name?.hasPrefix("answer-") == true {
            answers.insert(object)
          }
        case .waitBegin, .waitEnd:
          guard let object = event.object, answers.contains(object),
            isMeant(names[event.actor] ?? "")
          else { continue }
          if event.kind == .waitBegin {
            waiting.insert(event.actor)
          } else {
            waiting.remove(event.actor)
          }
          most = max(most, waiting.count)
        default: break
        }
      }
      return most
    }
  }
}

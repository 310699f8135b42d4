import Events
import Glibc
import Rings
import TestRuns
import Testing

@testable import Concurrency
@testable import Demos
@testable import Engine

extension RunTests {
  @Suite struct PipeTests {
    @Test("Messages of any length arrive complete and in order")
    func inOrder() throws {
      let lengths = [1, 2, 64, 1_000, 32_768, Pipe.longestMessage, 3]
      let messages = lengths.enumerated().map { number, length in
        [UInt8](repeating: UInt8(number + 1), count: length)
      }
      let events = try RecordedRun { run in
        let (here, there) = try Pipe.ends("pipe", in: run)
        let sender = try run.thread("sender") { for message in messages { try here.send(message) } }
        for message in messages { #expect(try there.receive() == message) }
        try sender.join()
      }.finish()
      #expect(events.last?.runOutcome == .completed)
      #expect(violations(in: events) == [])
      let sent = events.filter { $0.kind == .pipeSend }
      #expect(sent.map(\.value).suffix(4) == ["1000 B", "32 KB", "64 KB", "3 B"])
      #expect(events.filter { $0.kind == .pipeReceive }.map(\.value) == sent.map(\.value))
    }

    @Test("The two directions of a pipe are independent")
    func bothWays() throws {
      let events = try RecordedRun { run in
        let (here, there) = try Pipe.ends("pipe", in: run)
        try here.send("42")
        try there.send("forty-two")
        #expect(try here.receiveText() == "forty-two")
        #expect(try there.receiveText() == "42")
      }.finish()
      let messages = events.filter { $0.kind == .pipeSend || $0.kind == .pipeReceive }
      #expect(messages.map(\.value) == ["42", "forty-two", "forty-two", "42"])
      #expect(messages.map(\.size) == [1, 1, 0, 0])
    }

    @Test("A sender waits while the pipe is full")
    func fullPipe() throws {
      let events = try RecordedRun { run in
        let (here, there) = try Pipe.ends("pipe", in: run)
        let message = [UInt8](repeating: 7, count: Pipe.longestMessage)
        let sender = try run.thread("sender") { for _ in 0..<8 { try here.send(message) } }
        try Self.awaitWaiting(sender, run)
        for _ in 0..<8 { #expect(try there.receive().count == message.count) }
        try sender.join()
      }.finish()
      #expect(events.last?.runOutcome == .completed)
      #expect(violations(in: events) == [])
      let wait = try #require(events.first { $0.kind == .waitBegin && $0.waitReason == .pipe })
      let before = events.prefix { $0.seq < wait.seq }
      #expect(before.contains { $0.kind == .pipeSend })
      #expect(!before.contains { $0.kind == .pipeReceive })
    }

    @Test("A receiver gets the messages sent before the other end closed, then EOFError")
    func endOfFile() throws {
      let events = try RecordedRun { run in
        let (here, there) = try Pipe.ends("pipe", in: run)
        // A message that the closing end has not read must not hide what it sent.
        try there.send("unread")
        try here.send("last")
        here.close()
        #expect(try there.receiveText() == "last")
        #expect(throws: RaisedException.endOfPipe) { try there.receive() }
        #expect(throws: RaisedException.brokenPipe) { try there.send("x") }
        #expect(throws: RaisedException.closedPipe) { try here.send("x") }
        #expect(throws: RaisedException.closedPipe) { try here.receive() }
      }.finish()
      #expect(
        events.filter { $0.kind == .exceptionRaise }.map(\.type)
          == ["EOFError", "BrokenPipeError", "OSError", "OSError"])
    }

    @Test("Closing an end raises exceptions in the actors that wait at the other end")
    func closedWhileWaiting() throws {
      let events = try RecordedRun { run in
        let (here, there) = try Pipe.ends("pipe", in: run)
        let receiver = try run.thread("receiver") {
          #expect(throws: RaisedException.endOfPipe) { try there.receive() }
        }
        let sender = try run.thread("sender") {
          let message = [UInt8](repeating: 1, count: Pipe.longestMessage)
          #expect(throws: RaisedException.brokenPipe) { while true { try there.send(message) } }
        }
        try Self.awaitWaiting(receiver, run)
        try Self.awaitWaiting(sender, run)
        here.close()
        try receiver.join()
        try sender.join()
      }.finish()
      #expect(events.last?.runOutcome == .completed)
      #expect(violations(in: events) == [])
    }

    @Test("A receive that times out takes no message")
    func timeout() throws {
      let events = try RecordedRun { run in
        let (here, there) = try Pipe.ends("pipe", in: run)
        #expect(try there.receive(timeout: 2_000_000) == nil)
        try here.send("late")
        #expect(try there.receive(timeout: 60_000_000_000) == Array("late".utf8))
      }.finish()
      let ends = events.filter { $0.kind == .waitEnd }
      #expect(ends.map(\.waitOutcome) == [.timeout])
      #expect(violations(in: events) == [])
    }

    @Test("A message that is empty or too long is refused")
    func lengths() throws {
      try RecordedRun { run in
        let (here, _) = try Pipe.ends("pipe", in: run)
        #expect(throws: RaisedException.self) { try here.send("") }
        let tooLong = [UInt8](repeating: 0, count: Pipe.longestMessage + 1)
        #expect(throws: RaisedException.self) { try here.send(tooLong) }
      }.finish()
    }

    @Test("A million numbers are sent in pieces with an event each")
    func bulk() throws {
      let numbers = (0..<1_000_000).map { Int64($0 * 31) }
      let events = try RecordedRun { run in
        let (here, there) = try Pipe.ends("pipe", in: run)
        let sender = try run.thread("sender") { try here.sendAll(numbers) }
        #expect(try there.receiveAll(numbers.count) == numbers)
        try sender.join()
      }.finish()
      #expect(violations(in: events) == [])
      let pieces = (numbers.count * 8 + Pipe.longestMessage - 1) / Pipe.longestMessage
      #expect(events.filter { $0.kind == .pipeSend }.count == pieces)
      #expect(events.filter { $0.kind == .pipeReceive }.count == pieces)
    }

    @Test("With several senders and receivers, each message is received once")
    func crowd() throws {
      for _ in 0..<10 {
        let events = try RecordedRun { run in
          let (here, there) = try Pipe.ends("pipe", in: run)
          let senders = try (0..<3).map { number in
            try run.thread("sender-\(number)") {
              for item in 0..<100 { try here.send("\(number * 1000 + item)") }
            }
          }
          let receivers = try (0..<3).map { number in
            try run.thread("receiver-\(number)") { for _ in 0..<100 { _ = try there.receive() } }
          }
          for thread in senders + receivers { try thread.join() }
        }.finish()
        #expect(events.last?.runOutcome == .completed)
        #expect(violations(in: events) == [])
        let sent = events.filter { $0.kind == .pipeSend }.compactMap { $0.number(.value) }
        let received = events.filter { $0.kind == .pipeReceive }.compactMap { $0.number(.value) }
        #expect(sent.count == 300 && Set(sent).count == 300)
        #expect(received == sent)
      }
    }

    @Test("A pipe connects two processes, and ends when the child exits")
    func process() throws {
      let events = try RecordedRun { run in
        let (here, there) = try Pipe.ends("pipe", in: run)
        let child = try Self.echo(there, count: 20, run)
        there.close()
        try here.send("42")
        for number in 0..<20 {
          let message = [UInt8](repeating: UInt8(number), count: 1 + number * 3_000)
          try here.send(message)
          #expect(try here.receive() == message)
        }
        #expect(throws: RaisedException.endOfPipe) { try here.receive() }
        #expect(try child.join() == .exited(0))
      }.finish()
      #expect(events.last?.runOutcome == .completed)
      #expect(violations(in: events) == [])
      #expect(Set(events.filter { $0.kind == .pipeReceive }.map(\.pid)).count == 2)
      #expect(Remains.actors(of: events).isEmpty)
    }

    @Test("A pipe to a killed child raises EOFError and BrokenPipeError")
    func killedPeer() throws {
      let before = Remains.descriptors().count
      let events = try RecordedRun { run in
        let (here, there) = try Pipe.ends("pipe", in: run)
        let child = try Self.echo(there, run)
        there.close()
        try here.send("42")
        try here.send("back")
        #expect(try here.receiveText() == "back")
        try run.thread("killer") {
          try run.sleep(5_000_000)
          try child.signal(SIGKILL)
        }
        #expect(throws: RaisedException.endOfPipe) { try here.receive() }
        #expect(throws: RaisedException.brokenPipe) { try here.send("x") }
        #expect(try child.join() == .killed(signal: SIGKILL))
      }.finish()
      #expect(events.last?.runOutcome == .completed)
      #expect(violations(in: events) == [])
      #expect(Remains.descriptors(atMost: before) <= before)
    }

    @Test("A receiver that was killed while it waited does not block others")
    func killedInLine() throws {
      let events = try RecordedRun { run in
        let (here, there) = try Pipe.ends("pipe", in: run)
        let child = try Self.echo(there, run)
        try Self.awaitWaiting(child, run)
        try child.signal(SIGKILL)
        try child.join()
        // This process kept the child's end, and receives there now.
        try here.send("for the next")
        #expect(try there.receiveText() == "for the next")
      }.finish()
      #expect(events.last?.runOutcome == .completed)
    }

    @Test("A stop during waits at a pipe leaves no descriptor, child or thread")
    func stopped() throws {
      let before = Remains.descriptors().count
      for _ in 0..<5 {
        let run = try RecordedRun { run in
          let (here, there) = try Pipe.ends("pipe", in: run)
          try Self.echo(there, run)
          try run.thread("other") { _ = try here.receive() }
          try here.send("42")
          _ = try here.receive()
        }
        try run.wait("two waits") { events in
          Set(events.filter { $0.waitReason == .pipe }.map(\.pid)).count == 2
        }
        run.live.stop()
        let events = try run.finish()
        #expect(events.last?.runOutcome == .stopped)
        #expect(Remains.actors(of: events).isEmpty)
      }
      #expect(Remains.descriptors(atMost: before) <= before)
    }

    @Test("A body that is ended because it ignores the stop leaves no end open")
    func stubborn() throws {
      let isPipe = { (name: String) in name.hasPrefix("socket:") }
      let before = Remains.descriptors().filter(isPipe).count
      let run = try RecordedRun { run in
        let (here, _) = try Pipe.ends("pipe", in: run)
        try run.thread("stubborn") { while true { _ = try? here.receive() } }.join()
      }
      try run.wait("a wait") { $0.contains { $0.waitReason == .pipe } }
      run.live.stop()
      let events = try run.finish()
      #expect(events.last?.runOutcome == .stopped)
      #expect(Remains.descriptors().filter(isPipe).count <= before)
    }

    // MARK: Helpers

    @discardableResult
    private static func echo(_ end: PipeEnd, count: Int = 1_000_000, _ run: Run) throws
      -> ActorProcess
    {
      try run.process(
        "child", body: PipeDemo.echo, arguments: [end.handle, "\(count)"],
        passing: [end.descriptor])
    }

    /// Waits until an actor waits.
    private static func awaitWaiting(_ actor: ActorID, _ run: Run) throws {
      while run.memory.actorSlots.first(where: { $0.actor == actor })?.status != .waiting {
        try run.sleep(1_000_000)
      }
    }

    private static func awaitWaiting(_ thread: ActorThread, _ run: Run) throws {
      try awaitWaiting(thread.actor, run)
    }

    private static func awaitWaiting(_ process: ActorProcess, _ run: Run) throws {
      try awaitWaiting(process.actor, run)
    }
  }
}

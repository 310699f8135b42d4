import Catalog
import Concurrency

/// A server on one thread that answers each question after a delay, many at the same time.
final class AnswerServer: Sendable {
  /// The connections of one task to the server.
  struct Line: Sendable {
    let number: Int
    /// Where all tasks send their questions.
    let questions: PipeEnd
    /// Where this task receives its answer.
    let answers: PipeEnd
    /// Where all tasks report their cost.
    let reports: PipeEnd
  }

  /// The cost of a task.
  struct Report: Sendable, Equatable {
    let number: Int
    /// When the task began, in ns of the run's clock.
    let began: UInt64
    /// The CPU time of its thread, in ns.
    let cpu: Int64
    /// The memory of its own, in bytes.
    let memory: Int64
  }

  /// The connections, by task.
  let lines: [Line]
  private let questions: PipeEnd
  private let answers: [PipeEnd]
  private let incoming: PipeEnd

  private static let end = "no more"

  init(tasks: Int, in run: Run) throws {
    let (asking, questions) = try Pipe.ends("questions", in: run)
    let (reports, incoming) = try Pipe.ends("reports", in: run)
    let pairs = try (1...tasks).map { try Pipe.ends("answer-\($0)", in: run) }
    self.questions = questions
    self.incoming = incoming
    answers = pairs.map(\.1)
    lines = pairs.enumerated().map { number, ends in
      Line(number: number, questions: asking, answers: ends.0, reports: reports)
    }
  }

  func line(_ number: Int) -> Line { lines[number] }

  /// Runs on the server's thread until `stop` is called.
  func serve(_ run: Run) throws {
    let wait = UInt64(run.arguments.nanoseconds("wait"))
    // In the order of the questions, which is also the order of the answers.
    var due: [(number: Int, at: UInt64)] = []
    while true {
      run.at(IOBoundDemo.Line.question)
      let question: [UInt8]?
      if let first = due.first {
        let left = Int64(first.at) - Int64(run.now())
        question = left > 0 ? try questions.receive(timeout: left) : nil
      } else {
        question = try questions.receive()
      }
      if let question {
        guard let number = Int(String(decoding: question, as: UTF8.self)) else { return }
        due.append((number, run.now() + wait))
      } else {
        run.at(IOBoundDemo.Line.answer)
        try answers[due.removeFirst().number].send("answer")
      }
    }
  }

  /// Ends the server's thread.
  func stop() throws { try lines.first?.questions.send(Self.end) }

  /// The costs of all tasks of one arm, each of which has sent its report.
  func reports() throws -> [Report] {
    try lines.map { _ in
      let text = try incoming.receiveText()
      guard let report = Report(text) else {
        throw ActorContext.current.raise(.unreadable([text]))
      }
      return report
    }
  }
}

extension AnswerServer.Line {
  /// The arguments by which another process attaches to the connections; it needs `descriptors`
  /// too.
  var handles: [String] { ["\(number)", questions.handle, answers.handle, reports.handle] }

  var descriptors: [Int32] {
    [questions.descriptor, answers.descriptor, reports.descriptor]
  }

  /// Attaches to connections that another process made.
  /// - Throws: `RaisedException` if the words are not handles.
  init(attached handles: [String], in run: Run) throws {
    guard handles.count == 4, let number = Int(handles[0]) else {
      throw run.raise(.unreadable(handles))
    }
    let ends = try handles.dropFirst().enumerated().map { index, handle in
      try PipeEnd.attached(handle, descriptor: run.passedDescriptor(index), in: run)
    }
    self.init(number: number, questions: ends[0], answers: ends[1], reports: ends[2])
  }
}

extension AnswerServer.Report {
  /// The report as a text that crosses to another process.
  var text: String { "\(number) \(began) \(cpu) \(memory)" }

  /// Reads a report, or returns nil if the text is not one.
  init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count == 4, let number = Int(words[0]), let began = UInt64(words[1]),
      let cpu = Int64(words[2]), let memory = Int64(words[3])
    else { return nil }
    self.init(number: number, began: began, cpu: cpu, memory: memory)
  }
}

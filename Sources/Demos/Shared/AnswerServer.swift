import Catalog
import Concurrency

/// A server of the run that answers each question a while after it came, with many in flight on one
/// thread, and what it shares with those who ask.
final class AnswerServer: Sendable {
  /// What one task has of the connections to the server.
  struct Line: Sendable {
    let number: Int
    /// Where all tasks ask.
    let questions: PipeEnd
    /// Where this one gets its answer.
    let answers: PipeEnd
    /// Where all tasks say what they cost.
    let reports: PipeEnd
  }

  /// What a task has cost.
  struct Report: Sendable, Equatable {
    let number: Int
    /// When it began, in ns of the run's clock.
    let began: UInt64
    /// CPU time of its thread, in ns.
    let cpu: Int64
    /// What it had of its own, in bytes.
    let memory: Int64
  }

  /// The tasks' ends.
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

  /// What the server's thread does, until it is told that no more comes.
  func serve(_ run: Run) throws {
    let wait = UInt64(run.arguments.nanoseconds("wait"))
    // In the order of their coming, which is that of their answers.
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

  /// Has the server's thread end.
  func stop() throws { try lines.first?.questions.send(Self.end) }

  /// What all tasks of one arm have cost; they have all sent their reports.
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
  /// By what a process finds its connections, with its `descriptors` beside.
  var handles: [String] { ["\(number)", questions.handle, answers.handle, reports.handle] }

  var descriptors: [Int32] {
    [questions.descriptor, answers.descriptor, reports.descriptor]
  }

  /// The connections that another process made.
  /// - Throws: `RaisedException` for words that are no handles.
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
  /// The report as it travels.
  var text: String { "\(number) \(began) \(cpu) \(memory)" }

  /// What a text says; nil for one that is no report.
  init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count == 4, let number = Int(words[0]), let began = UInt64(words[1]),
      let cpu = Int64(words[2]), let memory = Int64(words[3])
    else { return nil }
    self.init(number: number, began: began, cpu: cpu, memory: memory)
  }
}

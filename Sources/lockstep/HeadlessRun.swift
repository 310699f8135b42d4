import Catalog
import Curses
import Demos
import Engine
import Events
import Glibc
import Platform
import Recordings
import Shell

/// A run without the tutor. Prints its events as lines, in order, as they happen.
struct HeadlessRun {
  let request: RunRequest
  let format: RunFormat
  var speed = RunSpeed.normal
  /// The file to record the run in, beside the output.
  var recordingFile: OutputFile?
  /// Whether text has long numbers and lines in full.
  var isFull = false

  /// Runs the demo to its end.
  /// - Throws: `Failure` if the run cannot start, fails, or its output cannot be written.
  func run(to output: OutputFile) throws {
    let relay: SignalRelay
    do { relay = try SignalRelay() } catch { throw Failure("\(error)") }
    guard let done = PollSignal() else { throw Failure.noDescriptors }
    let failure = Guarded(
      RunFailure(expectsStuck: request.demo.endsStuck(request.arguments)))
    let writer = EventLines(
      format: format, isTerminal: output.isTerminal, isASCII: output.isASCII,
      isFull: isFull)
    let header = RecordingHeader.here(request)
    let recording = recordingFile.map { file in
      RecordingWriter(to: file, header: header) { Finish.warn($0) }
    }
    output.write(writer.opening(header))
    let run: LiveRun
    do {
      run = try LiveRun(.here(request, speed: speed)) { events in
        recording?.write(events)
        let lines = writer.lines(for: events)
        output.write(lines.output)
        OutputFile.standardError.write(lines.remarks)
        let finished = events.last?.runOutcome
        failure.withLock { $0.note(events) }
        if finished != nil || output.hasFailed { done.set() }
      }
    } catch {
      throw Failure("\(error)")
    }
    let signal = waitForEnd(of: run, relay: relay, done: done, output: output)
    run.wait()
    relay.close()
    if let signal { Finish.dieBySignal(signal.number) }
    try output.check()
    if let recordingFile, recording?.ending != nil {
      throw Failure("\(recordingFile.name) does not have the whole run")
    }
    if let reason = failure.withLock({ $0.reason }) {
      throw Failure("\(request.demo.id) failed: \(reason); to see all events: --format ndjson")
    }
  }

  /// Waits for the end of the run. A signal or a closed output stops the run. If nobody reads the
  /// output, the relay ends the program.
  private func waitForEnd(
    of run: LiveRun, relay: borrowing SignalRelay, done: borrowing PollSignal, output: OutputFile
  ) -> Signal? {
    var ending: Signal?
    while true {
      var polled = [
        pollfd(fd: relay.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: done.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      _ = poll(&polled, 2, -1)
      for signal in relay.drain() {
        switch signal {
        case .interrupt, .terminate, .hangUp, .quit:
          ending = ending ?? signal
          run.stop()
        case .stop: kill(getpid(), SIGSTOP)
        case .windowChange, .continued: break
        }
      }
      if polled[1].revents != 0 {
        if output.hasFailed { run.stop() }
        return ending
      }
    }
  }
}

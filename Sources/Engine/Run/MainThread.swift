import Catalog
import Concurrency
import Events
import Glibc
import Platform
import Rings

/// A run's main thread, which runs the body and records the run's first and last events.
struct MainThread: Sendable {
  /// The version of the event vocabulary.
  static let schema: Int64 = 1

  let run: Run
  let configuration: RunConfiguration
  let control: RunControl
  let body: LiveRun.Body

  func main(slot: ActorSlot) {
    let context = ActorContext(memory: run.memory, slot: slot, id: .main) { context in
      self.finish(context, .stopped)
      pthread_exit(nil)
    }
    recordStart(context)
    let (outcome, raised) = runBody()
    finish(context, outcome, raised: raised)
  }

  private func recordStart(_ context: ActorContext) {
    let request = configuration.request
    var start = EventRecord(.runStart)
    start[0] = Int64(configuration.cores)
    start[1] = Self.schema
    context.record(
      start,
      texts: [
        request.demo.id, request.arguments.words.joined(separator: " "),
        request.engine.rawValue, configuration.version,
      ])
    context.record(EventRecord(.actorName), texts: ["main", "thread"])
    context.record(EventRecord(.threadStart))
    control.begin()
  }

  /// - Returns: the outcome, and the exception that the body did not catch.
  private func runBody() -> (RunOutcome, RaisedException?) {
    var outcome = RunOutcome.completed
    var raised: RaisedException?
    do {
      try body(run)
    } catch {
      run.recordUncaught(error)
      raised = error as? RaisedException
      outcome = .failed
    }
    if run.loss.exception != nil {
      control.stop()
      return (.failed, raised)
    }
    if run.memory.wasStuck {
      // An actor that waits forever would keep the run from ending.
      if outcome == .failed { control.stop() }
      return (.deadlocked, raised)
    }
    if outcome == .failed, !control.isStopping {
      control.stop()
    } else if control.isStopping {
      outcome = .stopped
    }
    return (outcome, raised)
  }

  private func finish(
    _ context: ActorContext, _ outcome: RunOutcome, raised: RaisedException? = nil
  ) {
    run.waitForChildren()
    run.closePipes()
    context.pass()
    // A stop may come after the body's end, while threads are left or the run is paused.
    var outcome = outcome == .completed && control.isStopping ? .stopped : outcome
    if let loss = run.loss.exception {
      outcome = .failed
      // The body may have noticed only a consequence, such as a broken pipe.
      if raised != loss { _ = run.raise(loss) }
    }
    context.line = 0
    context.recordUsage()
    context.record(EventRecord(.threadExit))
    var finish = EventRecord(.runFinish)
    finish[0] = outcome.rawValue
    control.finish { context.record(finish) }
    context.retire()
  }
}

extension Run {
  /// Waits until all threads and processes that the body has left are gone.
  func waitForChildren() {
    while true {
      let children = children.withLock { children in
        defer { children = [] }
        return children
      }
      let feeders = feeders.withLock { $0 }
      let feeding = Set(feeders.map(\.thread.actor))
      let others = children.filter { !feeding.contains($0.actor) }
      // These children may have started others.
      guard others.isEmpty else {
        for child in others { child.end(after: RunControl.patience) }
        for child in others { child.waitUntilGone() }
        continue
      }
      // No actor can put values any more. The feeders write what was put, and end.
      guard !feeders.isEmpty else { return }
      self.feeders.withLock { $0.removeFirst(feeders.count) }
      for (feeder, thread) in feeders {
        feeder.close()
        thread.waitUntilGone()
      }
    }
  }
}

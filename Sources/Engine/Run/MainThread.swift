import CPlatform
import Catalog
import Glibc
import Synchronization
import Trace

/// The thread that runs a demo's body, from the run's first event to its last.
struct MainThread: Sendable {
  /// The version of the event vocabulary.
  static let schema: Int64 = 1

  let run: Run
  let configuration: RunConfiguration
  let control: RunControl
  let body: DemoBodies.Body

  func main(slot: ActorSlot) {
    lks_set_thread_name("main")
    let context = ActorContext(memory: run.memory, slot: slot, id: .main) { context in
      self.finish(context, .stopped)
      pthread_exit(nil)
    }
    recordStart(context)
    finish(context, runBody())
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
  }

  private func runBody() -> RunOutcome {
    var outcome = RunOutcome.completed
    do {
      try body(run)
    } catch {
      run.noteUncaught(error)
      outcome = .failed
    }
    if outcome == .failed, !control.isStopping {
      control.stop()
    } else if control.isStopping {
      outcome = .stopped
    }
    return outcome
  }

  private func finish(_ context: ActorContext, _ outcome: RunOutcome) {
    run.waitForChildren()
    context.line = 0
    context.record(EventRecord(.threadExit))
    var finish = EventRecord(.runFinish)
    finish[0] = outcome.rawValue
    context.record(finish)
    context.retire()
  }
}

extension Run {
  /// Waits until every thread and process of the run is gone, whatever its body left behind.
  fileprivate func waitForChildren() {
    let (threads, processes) = children.withLock { ($0.threads, $0.processes) }
    for process in processes { process.end(after: RunControl.patience) }
    for thread in threads { thread.joinPthread() }
    for process in processes { process.waitUntilGone() }
  }
}

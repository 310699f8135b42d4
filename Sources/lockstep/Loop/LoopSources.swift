import CPlatform
import Curses
import Documents
import Glibc
import Platform
import Shell
import Tutor

// The inputs of both loops, other than the user's:
//
//   a run ──ring──▶ drainer ──▶ Mailbox ──signal───▶ ┐
//   a recording ──reader──▶ Mailbox ──signal───────▶ ├─ poll ─▶ Message ─▶ the face
//   the disk ──saved documents──inotify────────────▶ │
//   the kernel ──signals──pipe─────────────────────▶ ┘

/// The inputs of a loop other than the user's, and the wait for them.
struct LoopSources: ~Copyable {
  let relay: SignalRelay
  private(set) var runner: EffectRunner
  private var documents: LiveDocuments

  /// How often a run that is being paused is asked which threads still compute, in nanoseconds.
  private static let pausePolling: UInt64 = 50_000_000

  init(
    relay: consuming SignalRelay, runner: EffectRunner, documents: consuming LiveDocuments
  ) {
    self.relay = relay
    self.runner = runner
    self.documents = documents
  }

  /// Waits for input, for news, or for a time.
  /// - Parameters:
  ///   - input: the descriptor that input comes from; -1 where none is wanted.
  ///   - deadline: when the face has something to do, on the monotonic clock; nil for never.
  /// - Returns: what `poll` reports of the input.
  func wait(for input: Int32, until deadline: UInt64?) -> Int32 {
    var polled = [
      pollfd(fd: input, events: Int16(POLLIN), revents: 0),
      pollfd(fd: relay.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: runner.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: documents.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    _ = poll(&polled, nfds_t(polled.count), timeout(until: deadline))
    return Int32(polled[0].revents)
  }

  /// Milliseconds until the loop has something to do: -1 for never.
  private func timeout(until deadline: UInt64?) -> Int32 {
    let pause =
      runner.isPausing || runner.awaitsNext ? MonotonicClock.now() + Self.pausePolling : nil
    return MonotonicClock.pollTimeout(
      until: [deadline, documents.deadline, pause].compactMap { $0 }.min())
  }

  /// The messages of all sources since the last call, in order. The time comes before those that
  /// happen at a known time.
  mutating func messages() -> [Message] {
    let events = runner.takeEvents()
    var messages = runner.takeNotices()
    if let change = documents.take() { messages += [time, Message(change)] }
    let news = runner.takeNews()
    if !news.isEmpty { messages += [time] + news }
    if !events.isEmpty { messages += [time, .events(events)] }
    if runner.isPausing { messages.append(.computing(runner.computing)) }
    if let next = runner.takeNext() { messages.append(.next(next)) }
    return messages
  }

  /// What the keepers of state have to say, since the last call.
  func notices() -> [Message] { runner.takeNotices() }

  private var time: Message { .tick(now: MonotonicClock.now()) }

  /// Runs an effect of the model.
  /// - Returns: the message that answers it.
  mutating func perform(_ effect: Effect) -> Message? { runner.perform(effect) }

  /// Stops a run; it may take a moment to end.
  mutating func stop() { runner.stop() }

  /// Waits until nothing of a run is left, and progress and saved runs are written.
  consuming func close() {
    runner.waitUntilGone()
    // The relay still holds back the signals that arrive together with the one that ends the program.
    runner.flushState()
    relay.close()
    runner.waitUntilSaved()
    for notice in documents.lateNotices.prefix(OpenCommand.mostComplaints) { Finish.warn(notice) }
  }
}

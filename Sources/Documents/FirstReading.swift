import Platform

/// Reads documents for the first time, on a thread of its own, `lockstep:read`. So the screen can
/// show their beginning while the rest is still being read.
final class FirstReading: Sendable {
  /// The shelf with the documents, and the messages about them.
  typealias Result = (shelf: DocumentShelf, news: DocumentShelf.News)

  private struct State: Sendable {
    var progress = "reading"
    var result: Result?
  }

  private let state: Guarded<State>
  /// Set when the thread ends.
  private let ended: PollSignal

  /// Starts to read. Nil if the system has no more threads or descriptors.
  init?(_ shelf: DocumentShelf) {
    guard let ended = PollSignal() else { return nil }
    let state = Guarded(State())
    self.state = state
    self.ended = ended
    let thread = PosixThread.start(named: "lockstep:read") { [self] in
      var shelf = shelf
      let progress = ReadingProgress { text in state.withLock { $0.progress = text } }
      let news = shelf.read(isSettled: true, progress: progress)
      state.withLock { [shelf] in $0.result = (shelf, news) }
      self.ended.set()
    }
    if thread == nil { return nil }
  }

  /// The descriptor to poll, which is readable when everything is read.
  var descriptor: Int32 { ended.descriptor }

  /// What is being read.
  var progress: String { state.withLock { $0.progress } }

  /// The result, or nil while the documents are being read.
  var result: Result? { state.withLock { $0.result } }

  /// Waits until everything is read.
  /// - Parameter milliseconds: the longest wait.
  /// - Returns: the result, or nil if it takes longer.
  func wait(milliseconds: Int32) -> Result? {
    ended.wait(milliseconds: milliseconds)
    return result
  }
}

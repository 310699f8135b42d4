import Curses
import Glibc
import Platform
import SystemPackage

/// The plain tutor's standard output. It writes everything in order, and signals interrupt it when
/// nobody reads.
struct PlainOutput {
  /// The error that stopped the writing, or nil.
  private(set) var failure: Errno?
  /// The signal that ends the program before everything is written.
  private(set) var ending: Signal?
  /// Signals that arrived while it waited for a reader. The loop handles them.
  var signals: [Signal] = []

  /// How long an interrupt waits for a reader before it ends the program, in nanoseconds.
  private static let patience: UInt64 = 1_000_000_000

  /// The bytes that a writable pipe takes without blocking (PIPE_BUF).
  private static let mostAtOnce = 4096

  /// Writes a text. Writes nothing after a failure or an ending signal.
  mutating func write(_ text: String, _ relay: borrowing SignalRelay) {
    let bytes = Array(text.utf8)
    var endsAt: UInt64?
    var sent = 0
    while sent < bytes.count, failure == nil, ending == nil {
      guard waitForRoom(relay, until: &endsAt) else { continue }
      let end = min(bytes.count, sent + Self.mostAtOnce)
      let count = bytes[sent..<end].withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
      if count > 0 {
        sent += count
      } else if count < 0, errno != EINTR, errno != EAGAIN {
        failure = Errno(rawValue: errno)
      }
    }
  }

  /// Waits until something can be written, or until a signal arrives.
  /// - Parameter endsAt: when an interrupt ends the program, or nil if there was none.
  private mutating func waitForRoom(
    _ relay: borrowing SignalRelay, until endsAt: inout UInt64?
  ) -> Bool {
    var polled = [
      pollfd(fd: 1, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: relay.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    _ = poll(&polled, 2, MonotonicClock.pollTimeout(until: endsAt))
    if polled[0].revents != 0 { return true }
    if let endsAt, endsAt <= MonotonicClock.now() { ending = .interrupt }
    for signal in relay.drain() {
      if signal == .interrupt { endsAt = endsAt ?? MonotonicClock.now() + Self.patience }
      let isAgain = signal == .interrupt && signals.contains(.interrupt)
      if [.terminate, .hangUp, .quit].contains(signal) || isAgain { ending = signal }
      signals.append(signal)
    }
    return false
  }
}

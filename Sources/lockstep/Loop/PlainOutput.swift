import Curses
import Glibc
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

  /// The bytes that a writable pipe takes without blocking (PIPE_BUF).
  private static let mostAtOnce = 4096

  /// Writes a text. Writes nothing after a failure or an ending signal.
  mutating func write(_ text: String, _ relay: borrowing SignalRelay) {
    let bytes = Array(text.utf8)
    var sent = 0
    while sent < bytes.count, failure == nil, ending == nil {
      guard waitForRoom(relay) else { continue }
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
  private mutating func waitForRoom(_ relay: borrowing SignalRelay) -> Bool {
    var polled = [
      pollfd(fd: 1, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: relay.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    _ = poll(&polled, 2, -1)
    if polled[0].revents != 0 { return true }
    for signal in relay.drain() {
      let isAgain = signal == .interrupt && signals.contains(.interrupt)
      if [.terminate, .hangUp, .quit].contains(signal) || isAgain { ending = signal }
      signals.append(signal)
    }
    return false
  }
}

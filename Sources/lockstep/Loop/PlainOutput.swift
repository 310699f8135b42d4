import Curses
import Glibc
import SystemPackage

/// Standard output as the plain tutor writes it: in order, whole, and never stuck for good where
/// nobody reads.
struct PlainOutput {
  /// Why nothing can be written any more.
  private(set) var failure: Errno?
  /// The signal by which the program is to end although not all was written.
  private(set) var ending: Signal?
  /// Signals that came while it waited for a reader, for the loop to take.
  var signals: [Signal] = []

  /// What a pipe that can be written to takes without blocking (PIPE_BUF).
  private static let mostAtOnce = 4096

  /// Writes a text; after a failure, or once the program is to end, nothing more is written.
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

  /// Waits until something can be written. A signal that ends the program ends the wait too.
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

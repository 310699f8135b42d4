internal import CPlatform
internal import Glibc

/// A signal that the program reacts to in its event loop.
public enum Signal: Hashable, Sendable {
  case interrupt, terminate, hangUp, quit
  /// The window has another size: ask the terminal for it with `resize()`.
  case windowChange
  /// Someone asked the program to stop itself for a while: answer with `suspend()`.
  case stop
  /// The program goes on after a stop: answer with `reclaim()`.
  case continued

  /// The kernel's number, for an exit status of 128 + number.
  public var number: Int32 {
    switch self {
    case .interrupt: SIGINT
    case .terminate: SIGTERM
    case .hangUp: SIGHUP
    case .quit: SIGQUIT
    case .windowChange: SIGWINCH
    case .stop: SIGTSTP
    case .continued: SIGCONT
    }
  }

  init?(number: Int32) {
    let all: [Signal] = [
      .interrupt, .terminate, .hangUp, .quit, .windowChange, .stop, .continued,
    ]
    guard let signal = all.first(where: { $0.number == number }) else { return nil }
    self = signal
  }
}

/// Turns signals into bytes on a pipe, so that an event loop can wait for them with `poll`.
///
/// There is at most one in a process. It comes before the terminal, because ncurses takes each
/// signal that nobody has taken yet.
public struct SignalRelay: ~Copyable {
  /// Becomes readable when a signal has come; to be polled, never read.
  public let descriptor: Int32

  /// Catches the signals. Throws `.system` where there is no descriptor left, or another relay.
  public init() throws(TerminalError) {
    let result = lks_relay_open()
    guard result >= 0 else { throw .system(call: "pipe", errno: -result) }
    descriptor = result
  }

  deinit {
    lks_relay_close()
  }

  /// Gives the signals back to whoever had them before.
  public consuming func close() {}

  /// The signals that have come since the last call, each once, in the order of their coming.
  public func drain() -> [Signal] {
    var signals: [Signal] = []
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer in
      while true {
        let count = read(descriptor, buffer.baseAddress, buffer.count)
        guard count > 0 else { return }
        for byte in buffer.prefix(count) {
          guard let signal = Signal(number: Int32(byte)), !signals.contains(signal) else {
            continue
          }
          signals.append(signal)
        }
      }
    }
    return signals
  }
}

internal import CPlatform
internal import Glibc

/// A signal that the event loop handles.
public enum Signal: Hashable, Sendable {
  case interrupt, terminate, hangUp, quit
  /// The window has a new size. Respond with `Terminal.resize()`.
  case windowChange
  /// A request to stop the program. Respond with `Terminal.suspend()`.
  case stop
  /// The program continues after a stop. Respond with `Terminal.reclaim()`.
  case continued

  /// The signal number. The exit status is 128 plus this number.
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
/// A process has at most one relay. Open it before the terminal, because ncurses installs its own
/// handler for each signal without one.
///
/// After a signal that ends the program (terminate, hangUp, quit), the program has 1.5 s to end in its
/// own way. Then the signal ends it, so that a program that waits for its terminal ends too. A second
/// one of these signals ends it immediately.
public struct SignalRelay: ~Copyable {
  /// Becomes readable when a signal arrives. Poll it, but do not read it.
  public let descriptor: Int32

  /// Installs the signal handlers. Throws `.system` if a relay is open or no descriptor is left.
  /// - Parameter endsOnInterrupt: Whether `.interrupt` ends the program. Otherwise the signal ends
  ///   it only if `drain` does not return it within 1.5 s.
  public init(endsOnInterrupt: Bool = true) throws(TerminalError) {
    let result = lks_relay_open(endsOnInterrupt ? 1 : 0)
    guard result >= 0 else { throw .system(call: "pipe", errno: -result) }
    descriptor = result
  }

  deinit {
    lks_relay_close()
  }

  /// Restores the previous signal handlers.
  public consuming func close() {}

  /// Whether a signal has arrived that ends the program.
  public static var isEnding: Bool { lks_relay_ending() != 0 }

  /// The signals since the last call, each once, in order of arrival.
  public func drain() -> [Signal] {
    var signals: [Signal] = []
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer in
      while true {
        let count = lks_relay_read(buffer.baseAddress, buffer.count)
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

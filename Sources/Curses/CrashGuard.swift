internal import CNcurses
internal import CPlatform
internal import Glibc

/// Restores the terminal when the program crashes, or is ended by a signal or by `exit`. It is armed
/// while a `Terminal` is open.
enum CrashGuard {
  /// The bytes that leave the full screen. They are prepared early, because a signal handler may not
  /// use terminfo. A capability that is too long to be sane is left out.
  static func leaveSequence() -> [UInt8] {
    var bytes = Array(Terminal.modesOff.utf8)
    for name in ["sgr0", "op", "rmkx", "rmcup", "cnorm"] {
      guard let value = lks_capability(name) else { continue }
      let sequence = withoutPadding(String(cString: value))
      if bytes.count + sequence.count <= lks_leave_capacity { bytes += sequence }
    }
    return bytes
  }

  /// The capability without its padding delays (`$<5>`), which only hardware terminals needed.
  static func withoutPadding(_ capability: String) -> [UInt8] {
    let bytes = Array(capability.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count,
        bytes[index + 1] == UInt8(ascii: "<"),
        let end = bytes[index...].firstIndex(of: UInt8(ascii: ">"))
      {
        index = end + 1
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  /// - Parameter modes: The terminal's settings before the program changed them.
  static func arm(output: Int32, modes: termios) {
    var modes = modes
    leaveSequence().withUnsafeBytes { bytes in
      let text = bytes.bindMemory(to: CChar.self)
      // The program works without the guard; only a bad end would leave the terminal in a bad state.
      _ = lks_guard_arm(output, &modes, text.baseAddress, text.count)
    }
  }

  static func disarm() {
    lks_guard_disarm()
  }
}

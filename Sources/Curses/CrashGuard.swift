internal import CNcurses
internal import CPlatform
internal import Glibc

/// Gives the terminal back when the program crashes; armed while a `Terminal` is open.
enum CrashGuard {
  /// What leaves the full screen, made from terminfo beforehand, because a signal handler may not
  /// ask for it.
  static func leaveSequence() -> [UInt8] {
    var bytes = Array(Terminal.modesOff.utf8)
    for name in ["sgr0", "op", "rmkx", "cnorm", "rmcup"] {
      if let value = lks_capability(name) { bytes += withoutPadding(String(cString: value)) }
    }
    return bytes
  }

  /// Without the delays (`$<5>`) that only terminals of glass and wire needed.
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
      // Without the guard the program still works: only a crash would look worse.
      _ = lks_guard_arm(output, &modes, text.baseAddress, text.count)
    }
  }

  static func disarm() {
    lks_guard_disarm()
  }
}

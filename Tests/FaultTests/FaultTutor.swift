import Glibc
import Pty
import TestFaults
import TestTerminal
import Testing

/// Runs a script in a shell on a terminal. In it, `$lockstep` is the program.
func openShell(
  _ script: String, columns: Int = 120, rows: Int = 40, environment: [String: String] = [:]
) throws -> TestTerminal {
  let variables = try ["lockstep": Program.path].merging(environment) { $1 }
  return try TestTerminal(
    columns: columns, rows: rows, path: "/bin/sh", arguments: ["-c", script],
    environment: TestTerminal.environment.merging(variables) { $1 })
}

extension Tool {
  /// The program's path. Throws if the program is missing.
  var foundPath: String {
    get throws { try #require(path) }
  }
}

extension TestTerminal {
  /// Waits until the tutor has drawn its screen.
  func waitForTutor() -> Bool { waitUntil { $0.contains("? help") } }

  /// Waits until the tutor sleeps and has drawn everything, and returns the screen.
  func settledScreen() -> [String] {
    var isSettled = false
    while !isSettled, exitStatus == nil {
      let count = output.count
      let wasAsleep = isAsleep
      // The tutor draws later than this only if it is busy, and then it is not asleep.
      _ = waitUntil(.milliseconds(100)) { $0.output.count > count }
      isSettled = wasAsleep && isAsleep && output.count == count && unreadBytes == 0
    }
    return screen
  }

  private var isAsleep: Bool { Kernel.state(ofThread: pid, in: pid) == "S" }

  /// Whether the terminal is as it was before the program.
  var isRestored: Bool {
    modes == modesBefore && !isInAlternateScreen && isCursorVisible && !wantsMouse
      && lastSwitch(of: "?2004") != "h"
  }

  /// The last letter that followed a mode in the output: `h` for on, `l` for off.
  private func lastSwitch(of mode: String) -> Character? {
    let text = String(decoding: output, as: UTF8.self)
    return text.ranges(of: "\u{1B}[\(mode)").last.flatMap { text[$0.upperBound...].first }
  }

  /// Leaves the tutor with `q`, and expects that everything is in order.
  func expectQuit(_ location: SourceLocation = #_sourceLocation) {
    send(.text("q"))
    #expect(waitForExit() == .exited(0), sourceLocation: location)
    #expect(isRestored, sourceLocation: location)
  }
}

/// A library that makes a fault happen inside the program (`Shim/fault_shim.c`).
enum FaultShim {
  /// The variables that load it. The library is built once.
  static func environment(_ fault: String, at place: String) throws -> [String: String] {
    [
      "LD_PRELOAD": try library.get(), "LOCKSTEP_FAULT": fault, "LOCKSTEP_FAULT_AT": place,
    ]
  }

  /// The library's path, beside the program.
  private static let library = Result<String, any Error> {
    let path = try Program.path + "-fault-shim.so"
    let source = FaultTable.testsFolder + "/FaultTests/Shim/fault_shim.c"
    let unfinished = "\(path).\(getpid())"
    let built = try Program(
      path: try Tool.cc.foundPath,
      ["-shared", "-fPIC", "-O0", "-o", unfinished, source, "-ldl"])
    try #require(built.status == 0, "\(built.standardError)")
    try #require(rename(unfinished, path) == 0)
    return path
  }
}

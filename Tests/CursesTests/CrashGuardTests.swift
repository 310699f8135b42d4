import Curses
import Glibc
import Screen
import TestFaults
import TestTerminal
import Testing

/// Each test runs a program in a process of its own and crashes it on purpose.
@Suite("A program that crashes", .serialized, .faultMatrix)
struct CrashGuardTests {
  /// Opens the terminal and draws.
  private static func begin(_ path: String) throws -> (relay: SignalRelayBox, terminal: TerminalBox)
  {
    let descriptor = open(path, O_RDWR | O_NOCTTY)
    let relay = try SignalRelayBox()
    let terminal = try TerminalBox(relay, descriptor)
    return (relay, terminal)
  }

  private func expectRestored(_ outside: TestTerminal) {
    let restored = outside.waitUntil {
      let text = String(decoding: $0.output, as: UTF8.self)
      return text.contains("\u{1B}[?2004l") && text.contains("\u{1B}[?1049l")
    }
    #expect(restored && !outside.isInAlternateScreen)
    #expect(outside.isCursorVisible && !outside.wantsMouse)
    #expect(outside.modes == outside.modesBefore)
  }

  @Test("Row 40: A program restores the terminal after a trap and still fails")
  func trap() async throws {
    let outside = try TestTerminal()
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [path = outside.path as String] in
      let held = try Self.begin(path)
      let empty: [Int] = []
      withExtendedLifetime(held) { _ = empty[empty.count] }
    }
    let complaint = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(complaint.contains("lockstep crashed (signal"))
    expectRestored(outside)
  }

  @Test("Row 42: A program restores the terminal after abort and still fails")
  func abort() async throws {
    let outside = try TestTerminal()
    await #expect(processExitsWith: .signal(SIGABRT)) { [path = outside.path as String] in
      let held = try Self.begin(path)
      withExtendedLifetime(held) { Glibc.abort() }
    }
    expectRestored(outside)
  }

  @Test("Row 37: A program restores the terminal after SIGTERM even if the terminal does not read")
  func blocked() async throws {
    let outside = try TestTerminal(columns: 400, rows: 200)
    await #expect(processExitsWith: .signal(SIGTERM)) { [path = outside.path as String] in
      let held = try Self.begin(path)
      kill(getpid(), SIGTERM)
      // Nothing reads the output, so the terminal's queue fills and drawing blocks forever.
      var letter = 0
      while true {
        letter += 1
        held.terminal.fill(with: Character(Unicode.Scalar(UInt8(0x61 + letter % 26))))
      }
    }
    #expect(outside.modes == outside.modesBefore)
  }
}

/// Holds a noncopyable value, so that a closure can keep it.
private final class SignalRelayBox {
  let relay: SignalRelay
  init() throws { relay = try SignalRelay() }
}

private final class TerminalBox {
  private var terminal: Terminal

  init(_ box: SignalRelayBox, _ descriptor: Int32) throws {
    terminal = try Terminal(
      after: box.relay, environment: TerminalEnvironment(["TERM": "xterm-256color"]),
      input: descriptor, output: descriptor)
    terminal.draw(Frame(terminal.size))
  }

  func fill(with character: Character) {
    var frame = Frame(terminal.size)
    frame.fill(frame.bounds, with: character)
    terminal.draw(frame)
  }
}

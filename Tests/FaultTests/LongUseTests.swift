import Glibc
import TestFaults
import TestNumbers
import TestTerminal
import Testing

@Suite("Long use", .faultMatrix)
struct LongUseTests {
  private static let isSoak = getenv("LOCKSTEP_SOAK") != nil
  /// All keys and lessons of the fault matrix, or fewer in the suite.
  private static let keys = isSoak ? 100_000 : 2_000
  private static let lessons = isSoak ? 500 : 20

  /// Keys that belong together and leave no layer open. None of them runs a demo or quits.
  private static let habits: [[TestKey]] = [
    [.text("jjjkk")], [.pageDown, .pageUp], [.text("G"), .text("g")], [.tab], [.backTab],
    [.text("n")], [.text("n")], [.text("N")], [.text("z"), .text("z")], [.text(">><<=")],
    [.text("2jjj3jj4+-5kk1")], [.text("?"), .down, .escape], [.text("t"), .down, .escape],
    [.text(":next"), .escape], [.text("/lock"), .enter, .text("nnN"), .escape],
    [.text("S"), .down, .escape], [.text("p"), .down, .escape], [.control("l")],
    [.press(x: 9, y: 9), .drag(x: 20, y: 12), .release(x: 20, y: 12)], [.wheelDown(x: 9, y: 9)],
  ]

  @Test("Row 101: After many keys and lessons, memory, descriptors and threads are as before")
  func longUse() throws {
    let terminal = try TestTerminal(columns: 120, rows: 40, path: try Program.path)
    #expect(terminal.waitUntil { $0.contains("? help") })
    var numbers = Seeded(101)
    // Every lesson has been open once, and every layer.
    for _ in 0..<2 { Self.use(terminal, &numbers, keys: Self.isSoak ? 5_000 : 500, lessons: 16) }
    let before = Resources(of: terminal.pid)
    Self.use(terminal, &numbers, keys: Self.keys, lessons: Self.lessons)
    var after = Resources(of: terminal.pid)
    // A thread that saves progress may still be at work.
    for _ in 0..<100 where after.exceeds(before) {
      _ = terminal.wait(.milliseconds(20)) { false }
      after = Resources(of: terminal.pid)
    }
    if Self.isSoak { print("\(Self.keys) keys: \(before) before, \(after) after") }
    #expect(!after.exceeds(before), "\(before) became \(after)")
    #expect(after.memory < before.memory + before.memory / 10, "\(before) became \(after)")
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
    #expect(terminal.modes == terminal.modesBefore)
  }

  /// Types keys, and opens lessons from the list between them.
  private static func use(
    _ terminal: TestTerminal, _ numbers: inout Seeded, keys: Int, lessons: Int
  ) {
    var typed = 0
    var opened = 0
    while typed < keys || opened < lessons {
      if opened * keys <= typed * lessons {
        terminal.send(.text("L"))
        for _ in 0..<Int.random(in: 0...7, using: &numbers) { terminal.send(.down) }
        terminal.send(.enter)
        opened += 1
      }
      for key in habits.randomElement(using: &numbers) ?? [] {
        terminal.send(key)
        typed += key.count
      }
      // The tutor has read everything when this returns, so that no key is lost.
      #expect(terminal.send(pieces: [[UInt8(ascii: "k")]]))
    }
  }

  private struct Resources {
    let memory: Int
    let descriptors: Int
    let threads: Int

    init(of pid: Int32) {
      memory = Kernel.memory(of: pid) ?? 0
      descriptors = names(inFolder: "/proc/\(pid)/fd").count
      threads = Kernel.threads(of: pid).count
    }

    /// Whether there are more descriptors or threads.
    func exceeds(_ other: Resources) -> Bool {
      descriptors > other.descriptors || threads > other.threads
    }
  }
}

extension TestKey {
  /// How many keys it types.
  fileprivate var count: Int {
    if case .text(let text) = self { text.count } else { 1 }
  }
}

import Catalog
import TestFaults
import TestNumbers
import TestTerminal
import Testing

/// Runs a demo with a limit, and checks that it ends in time with its result, or with one line that
/// says why.
@Suite("Runs without resources", .faultMatrix)
struct ResourceTests {
  /// Demos that start processes in all ways that the engine has.
  static let demos = [
    "memory-cost count=4", "shared-memory", "process-queue", "manager workers=2 updates=5",
    "pool-sizing sizes=1...2", "process-lock turns=1", "split-data size=1 rounds=1",
    "exception-log", "pipe messages=5 rounds=1", "private-memory", "process-event",
  ]

  /// Runs a command that ends with the program's path and arguments. Its hang fails the test.
  private func run(_ limit: String, _ demo: String) throws {
    let run = try Program.bash("timeout -s KILL 30 \(limit) lockstep run \(demo) 2>&1 >/dev/null")
    let lines = run.lines
    #expect([0, 1].contains(run.status), "\(limit) \(demo): \(run.status)")
    guard run.status != 0 else { return }
    // The runtime may say first how many bytes it could not allocate.
    #expect(
      lines.last?.hasPrefix("lockstep: ") == true
        && lines.dropLast().allSatisfy { $0.hasPrefix("Fatal error: ") },
      "\(limit) \(demo): \(lines)")
  }

  @Test("Row 98: A run without open files left ends with a line", arguments: demos)
  func files(demo: String) throws {
    for limit in [6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 18] {
      try run("prlimit --nofile=\(limit)", demo)
    }
  }

  @Test(
    "Row 98: A run without processes left ends with a line", .needs(.prlimit), .needsOtherUser,
    arguments: demos)
  func processes(demo: String) throws {
    let user = OtherUser.words.joined(separator: " ")
    for limit in 2...7 { try run("setpriv \(user) prlimit --nproc=\(limit)", demo) }
  }

  @Test(
    "Row 98: A run whose child processes cannot be made ends with a line", .needs(.strace),
    arguments: demos)
  func clones(demo: String) throws {
    for number in 1...4 {
      try run(
        "strace -f -qqq -o /dev/null -e trace=clone,clone3,vfork "
          + "-e inject=clone,clone3,vfork:error=EAGAIN:when=\(number)+", demo)
    }
  }

  @Test("Row 98: A run without memory ends with a line", arguments: ["factorial", "pool-sizing"])
  func memory(demo: String) throws {
    for kilobytes in stride(from: 60_000, through: 200_000, by: 20_000) {
      try run("prlimit --as=\(kilobytes * 1024)", demo)
    }
  }
}

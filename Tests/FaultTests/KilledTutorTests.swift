import CPlatform
import Catalog
import Documents
import Glibc
import LessonKit
import Platform
import TestFaults
import TestState
import TestTerminal
import Testing

@testable import StateFiles

@Suite("A tutor that is killed", .faultMatrix)
struct KilledTutorTests {
  /// A lesson's step whose first run starts processes.
  private struct Step {
    let place: String
    let demo: String
  }

  /// One step for each demo that starts processes.
  private static func steps() throws -> [Step] {
    let course = try BuiltInCourse.load(.init(cores: Int(lks_available_cores())))
    var found: [String: Step] = [:]
    for (lesson, number) in zip(course.lessons, 1...) {
      for (step, place) in zip(lesson.steps, 1...) {
        guard let demo = step.run?.demo.id, processDemos.contains(demo), found[demo] == nil
        else { continue }
        found[demo] = Step(place: "\(number)/\(place)", demo: demo)
      }
    }
    return found.values.sorted { $0.place < $1.place }
  }

  private static let processDemos: Set = [
    "affinity", "catch-inside", "cpu-bound", "crash-isolation", "exception-log", "finally",
    "io-bound", "leak", "manager", "mandelbrot", "memory-cost", "monte-carlo-pi", "parallel-loop",
    "ping-pong", "pipe", "pool-queue", "pool-reuse", "pool-sizing", "private-memory",
    "process-condition",
    "process-event", "process-lock", "process-queue", "semaphore", "shared-memory",
    "shared-state", "split-data", "timeout-cancel",
  ]

  @Test("Row 43: SIGKILL during any demo leaves no process, and a whole progress file")
  func killed() throws {
    let steps = try Self.steps()
    #expect(Set(steps.map(\.demo)) == Self.processDemos)
    // A demo whose processes live for a moment only may have ended before.
    let killed = try steps.filter(kill)
    #expect(killed.count > steps.count / 2)
  }

  /// Kills the tutor while the step's run has processes. Returns whether it had any.
  private func kill(during step: Step) throws -> Bool {
    let stage = try StateStage()
    _ = try stage.store().add(seen("a"), to: "built-in")
    let tutor = try openTutor(step.place, environment: ["XDG_STATE_HOME": stage.home.path])
    try #require(tutor.waitUntil { $0.contains("? help") }, "\(step)")
    tutor.send(.text("r"))
    var children: [Int32] = []
    let limit = MonotonicClock.now() + 5_000_000_000
    while children.isEmpty, MonotonicClock.now() < limit {
      _ = tutor.waitUntil(.milliseconds(1)) { _ in false }
      children = Kernel.children(of: tutor.pid)
    }
    tutor.terminate(SIGKILL)
    let began = MonotonicClock.now()
    #expect(tutor.waitForExit() == .signalled(SIGKILL), "\(step)")
    for child in children { #expect(Kernel.waitForEnd(of: child), "\(step)") }
    #expect(Double(MonotonicClock.now() - began) / 1e9 < 2, "\(step)")
    #expect(try stage.store().read()?.documents["built-in"] != nil, "\(step)")
    return !children.isEmpty
  }
}

import Events
import TestEvents
import Testing

@testable import Trace

@Suite("What events say and cannot be is noted")
struct InvariantTests {
  @Test("a lock with two holders")
  func twoHolders() {
    var script = Script(threads: "adder", "remover")
    script.acquire(Script.a)
    script.acquire(Script.b)
    #expect(script.noted == ["remover acquires list_lock, which adder holds"])
    #expect(script.state[Script.lock]?.lock.holders == [Script.b])
    #expect(script.state.violations() == [])
  }

  @Test("a plain lock acquired twice by its holder, and a depth that jumps")
  func depths() {
    var script = Script(threads: "a")
    script.acquire(Script.a)
    script.acquire(Script.a)
    script.acquire(Script.a, Script.other, depth: 2)
    script.release(Script.a, Script.other, depth: 0)
    #expect(
      script.noted == [
        "a acquires list_lock, which it holds already", "other_lock was free and has depth 2",
        "other_lock goes from depth 2 to 0",
      ])
  }

  @Test("a release by one who does not hold")
  func wrongRelease() {
    var script = Script(threads: "adder", "remover")
    script.acquire(Script.a, depth: 1)
    script.release(Script.b, depth: 0)
    script.release(Script.b)
    #expect(
      script.noted == [
        "remover releases list_lock, which adder holds",
        "remover releases list_lock, which nobody holds",
      ])
  }

  @Test("but a plain lock that is held may be let go by anyone")
  func plainRelease() {
    var script = Script(threads: "adder", "remover")
    script.acquire(Script.a)
    script.release(Script.b)
    #expect(script.noted == [])
    #expect(script.state[Script.lock]?.lock.holder == nil)
    #expect(script.state.violations() == [])
  }

  @Test("a list that gives another value than its front, or has another size; once each")
  func lists() {
    var script = Script(threads: "a")
    script.append(Script.a, "1", size: 1)
    script.append(Script.a, "2", size: 2)
    script.remove(Script.a, "2", size: 1)
    script.append(Script.a, "3", size: 4)
    script.append(Script.a, "4", size: 5)
    script.remove(Script.a, "1", size: 4)
    #expect(
      script.noted == [
        "a takes 2, but 1 is at the front of shared", "shared has 2 values, not 4",
      ])
    #expect(script.state[Script.list]?.sequence.contents == ["3", "?", "?", "4"])
    #expect(script.state.violations() == [])
  }

  @Test("a list that gives what nobody put in")
  func emptyList() {
    var script = Script(threads: "a")
    script.remove(Script.a, "2", size: 0)
    #expect(script.noted == ["a takes 2, but nothing is in shared"])
    #expect(script.state.violations() == [])
  }

  @Test("but contents that do not match are the loss's fault where events were lost")
  func losses() {
    var script = Script(threads: "a")
    script.add(.loss, Script.a, numbers: [1])
    script.remove(Script.a, "2", size: 3)
    #expect(script.noted == [])
  }

  @Test("a wait within a wait, and an operation within one")
  func waits() {
    var script = Script(threads: "a")
    script.wait(Script.a, .lock, Script.lock)
    script.wait(Script.a, .lock, Script.other)
    script.append(Script.a, "1", size: 1)
    #expect(
      script.noted == [
        "a does wait.begin, but it waits already", "a does list.append, but it waits",
      ])
  }

  @Test("the end of a wait that did not begin, of another one, or of one too long to be true")
  func waitEnds() {
    var script = Script(threads: "a")
    script.goOn(Script.a, .lock)
    script.wait(Script.a, .sleep)
    script.goOn(Script.a, .lock)
    script.wait(Script.a, .sleep)
    script.goOn(Script.a, .sleep, waited: 2_000_000)
    #expect(
      script.noted == [
        "a ends a wait that it did not begin", "a ends another wait than the one it began",
        "a says that it waited 2000000 ns, but only 1000 passed",
      ])
  }

  @Test("an operation before the start and after the end; sampling the dead is none")
  func lives() {
    var script = Script(threads: "a")
    script.append(Script.b, "1", size: 1)
    script.add(.threadExit, Script.a)
    script.add(.sample, Script.a, numbers: [1])
    script.append(Script.a, "2", size: 2)
    #expect(
      script.noted == [
        "actor 3 does list.append, but it has not started", "a does list.append, but it has ended",
      ])
  }

  @Test("a second birth, a start without one, a second start and a second death")
  func births() {
    var script = Script(threads: "a")
    script.add(.threadSpawn, .main, numbers: [2])
    script.add(.threadStart, Script.a)
    script.add(.threadStart, Script.b)
    script.add(.processExit, Script.a, numbers: [0])
    script.add(.processExit, Script.a, numbers: [0])
    script.add(.threadStart, Script.a)
    #expect(
      script.noted == [
        "main spawns a, which was spawned before", "a starts a second time",
        "actor 3 starts without having been spawned", "a ends a second time",
        "a starts after its end",
      ])
  }

  @Test("a number that does not grow, a run that starts late, anything after its end")
  func order() {
    var script = Script()
    script.add(.line, .main)
    script.amend { $0.record.seq = 3 }
    script.add(.runStart, .main)
    script.finish()
    script.add(.line, .main)
    #expect(
      script.noted == [
        "number 3 comes after number 6", "run.start is not the first event",
        "line comes after run.finish",
      ])
    var state = RunState()
    state.apply(Event(.output, seq: 1))
    #expect(state.noted.first?.message == "the first event is output, not run.start")
  }

  @Test("a task that ends without a start or twice, or starts without having been submitted")
  func tasks() {
    var script = Script(threads: "w")
    script.task(.taskSubmit, .main, 1)
    script.task(.taskSubmit, .main, 1)
    script.task(.taskFinish, Script.a, 1)
    script.task(.taskFinish, Script.a, 1)
    script.task(.taskStart, Script.a, 2)
    script.task(.taskSubmit, .main, 3)
    script.task(.taskStart, Script.a, 3)
    script.add(.poolClose, .main, Script.pool)
    #expect(
      script.noted == [
        "task.submit of task 1 of pool, which was submitted before",
        "task.finish of task 1 of pool, which was not started",
        "task.finish of task 1 of pool, which has ended before",
        "task.start of task 2 of pool, which was not submitted",
        "w starts task 3 with task 2 in hand", "pool closes with 2 tasks open",
      ])
  }

  @Test("a state that does not fit together is found as a whole")
  func whole() {
    var script = Script(threads: "a")
    script.acquire(Script.a)
    script.append(Script.a, "1", size: 1)
    var state = script.state
    #expect(state.violations() == [])
    state.objects[0].lock.holders = []
    state.objects[2].sequence.added = 5
    #expect(
      state.violations().map(\.message) == [
        "list_lock is free and has depth 1", "shared has 1 values, which do not add up",
        "a holds list_lock, which does not know it",
      ])
  }
}

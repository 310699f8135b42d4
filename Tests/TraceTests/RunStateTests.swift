import Events
import TestEvents
import TestNumbers
import Testing

@testable import Trace

@Suite("The state of a run")
struct RunStateTests {
  @Test("knows the run, its threads and where they stand")
  func life() {
    var script = Script(threads: "adder")
    script.add(.threadSpawn, .main, numbers: [3])
    var state = script.state
    #expect(state.demo == "demo")
    #expect(state.engine == "native")
    #expect(state.cores == 2)
    #expect(state.phase == .running)
    #expect(state[Script.main]?.phase == .running)
    #expect(state[Script.a]?.name == "adder")
    #expect(state[Script.a]?.parent == .main)
    #expect(state[Script.a]?.tid == 102)
    #expect(state[Script.b]?.phase == .spawned)
    #expect(state[ActorID(9)] == nil)
    script.add(.threadExit, Script.a)
    script.add(.runPause, .main)
    state = script.state
    #expect(state[Script.a]?.phase == .ended(.returned))
    #expect(state.phase == .paused)
    script.add(.runResume, .main)
    script.finish(.deadlocked)
    #expect(script.state.phase == .finished(.deadlocked))
    #expect(script.noted == [])
  }

  @Test("knows a process's pid from its start, and how it ended from the kernel")
  func processes() {
    var script = Script()
    script.add(.processSpawn, .main, numbers: [2])
    #expect(script.state[Script.a]?.phase == .spawned)
    script.add(.processStart, Script.a)
    #expect(script.state[Script.a]?.pid == 100)
    script.wait(Script.a, .lock, Script.lock)
    script.add(.processExit, Script.a, numbers: [nil, 9])
    #expect(script.state[Script.a]?.phase == .ended(.killed(signal: 9)))
    #expect(script.state[Script.a]?.type == .process)
    #expect(script.noted == [])
  }

  @Test("knows from the run itself, which is no actor, that it pauses and how fast it goes")
  func control() {
    let run = ActorID(rawValue: 0)
    var script = Script(threads: "a")
    script.add(.runPause, run)
    #expect(script.state.phase == .paused)
    script.add(.runStep, run)
    script.add(.runSpeed, run, numbers: [RunSpeed.quarter.rawValue])
    #expect(script.state.phase == .paused && script.state.speed == .quarter)
    script.add(.runResume, run)
    #expect(script.state.phase == .running)
    #expect(script.state.actors.count == 2)
    #expect(script.noted == [])
  }

  @Test("notes a process that starts before its parent has said that it spawned it")
  func earlyProcess() {
    var script = Script()
    script.add(.actorName, Script.a, texts: ["worker", "process"])
    script.add(.processStart, Script.a)
    #expect(script.noted == ["worker starts without having been spawned"])
  }

  @Test("knows who holds a lock and who waits for it since when")
  func locks() {
    var script = Script(threads: "adder", "remover")
    script.acquire(Script.a)
    script.wait(Script.b, .lock, Script.lock)
    let since = script.time
    #expect(script.state[Script.lock]?.lock.holder == Script.a)
    #expect(script.state[Script.a]?.holds == [Script.lock])
    #expect(script.state.waiters(of: Script.lock) == [Waiter(actor: Script.b, since: since)])
    script.release(Script.a)
    script.goOn(Script.b, .lock, Script.lock, waited: 1000)
    script.acquire(Script.b)
    #expect(script.state[Script.lock]?.lock.holder == Script.b)
    #expect(script.state[Script.a]?.holds == [])
    #expect(script.noted == [])
    #expect(script.state.violations() == [])
  }

  @Test("counts the depth of a reentrant lock and the permits of a semaphore")
  func depths() {
    var script = Script(threads: "a", "b")
    script.acquire(Script.a, depth: 1)
    script.acquire(Script.a, depth: 2)
    #expect(script.state[Script.lock]?.lock.depth == 2)
    script.release(Script.a, depth: 1)
    #expect(script.state[Script.lock]?.lock.holder == Script.a)
    script.release(Script.a, depth: 0)
    #expect(script.state[Script.lock]?.lock.holder == nil)
    script.add(.lockAcquire, Script.a, ObjectID(9), numbers: [nil, 1])
    script.add(.lockAcquire, Script.b, ObjectID(9), numbers: [nil, 0])
    #expect(script.state[ObjectID(9)]?.lock.holders == [Script.a, Script.b])
    #expect(script.state[ObjectID(9)]?.lock.permits == 0)
    script.add(.lockRelease, Script.a, ObjectID(9), numbers: [nil, 1])
    #expect(script.state[ObjectID(9)]?.lock.holders == [Script.b])
    #expect(script.noted == [])
    #expect(script.state.violations() == [])
  }

  @Test("knows what is in a list, how long it ever was, and what a variable holds")
  func contents() {
    var script = Script(threads: "a")
    script.append(Script.a, "1", size: 1)
    script.append(Script.a, "x", size: 2)
    script.remove(Script.a, "1", size: 1)
    script.write(Script.a, "41")
    let list = script.state[Script.list]
    #expect(list?.form == .list)
    #expect(list?.sequence.contents == ["x"])
    #expect(list?.sequence.peak == 2)
    #expect(list?.sequence.added == 2)
    #expect(list?.sequence.removed == 1)
    #expect(script.state[Script.counter]?.value == .number(41))
    #expect(script.noted == [])
  }

  @Test("knows a pool's workers and tasks, and what a worker has in hand")
  func pools() {
    var script = Script(threads: "worker")
    script.add(.poolOpen, .main, Script.pool, numbers: [nil, 1])
    for number in 1...3 { script.task(.taskSubmit, .main, Int64(number)) }
    script.task(.taskStart, Script.a, 1)
    var state = script.state
    #expect(state[Script.pool]?.pool.isOpen == true)
    #expect(state[Script.pool]?.pool.workers == [Script.a])
    #expect(state[Script.pool]?.pool.queued == 2)
    #expect(
      state[Script.a]?.task == TaskInHand(pool: Script.pool, number: 1, value: .number(7)))
    script.task(.taskFinish, Script.a, 1)
    script.task(.taskStart, Script.a, 2)
    script.task(.taskFail, Script.a, 2)
    script.task(.taskCancel, .main, 3)
    script.add(.poolClose, .main, Script.pool)
    state = script.state
    #expect(state[Script.a]?.tasksDone == 2)
    #expect(state[Script.pool]?.pool.failed == 1)
    #expect(state[Script.pool]?.pool.cancelled == 1)
    #expect(script.noted == [])
    #expect(state.violations() == [])
  }

  @Test("takes the kernel's samples, counts exceptions and losses, remembers lines")
  func therest() {
    var script = Script(threads: "a")
    script.add(.sample, Script.a, numbers: [1200, 1, 4096])
    script.add(.exceptionRaise, Script.a, texts: ["IndexError", "empty"])
    script.add(.line, Script.a)
    script.amend { $0.record.line = 11 }
    script.add(.loss, Script.a, numbers: [5])
    let actor = script.state[Script.a]
    #expect(actor?.cpu == 1200)
    #expect(actor?.core == 1)
    #expect(actor?.memory == 4096)
    #expect(actor?.line == 11)
    #expect(actor?.exceptions == 1)
    #expect(script.state.lost == 5)
  }

  @Test("takes no more room for a damaged number than for a great one")
  func damaged() {
    var script = Script(threads: "a")
    script.add(.output, ActorID(rawValue: 4_000_000_000))
    script.add(.listAppend, Script.a, ObjectID(rawValue: 4_000_000_000), value: "1")
    script.add(.threadSpawn, Script.a, numbers: [.max])
    script.task(.taskSubmit, Script.a, 1)
    script.task(.taskSubmit, Script.a, .max)
    script.add(.listAppend, Script.a, Script.list, numbers: [nil, .max], value: "1")
    #expect(script.state.actors.count == 2)
    #expect(script.state.objects.count == 5)
    #expect(script.state.notedCount == 5)
  }
}

@Suite("A chunked row")
struct ChunkedDequeTests {
  @Test("holds what an array holds, whatever is added and taken, and copies stay as they were")
  func likeAnArray() {
    var random = Seeded(7)
    var row = ChunkedDeque<Int>(shift: 2)
    var array: [Int] = []
    var copies: [(ChunkedDeque<Int>, [Int])] = []
    for step in 0..<3000 {
      if Int.random(in: 0..<(step < 1500 ? 3 : 2), using: &random) > 0 {
        row.append(step)
        array.append(step)
      } else {
        #expect(row.popFirst() == (array.isEmpty ? nil : array.removeFirst()))
      }
      if step % 200 == 0 { copies.append((row, array)) }
      if step % 500 == 0, !array.isEmpty {
        row[array.count - 1] = -step
        array[array.count - 1] = -step
      }
    }
    #expect(row.slice(0..<row.count) == array)
    for (copy, array) in copies { #expect(copy.slice(0..<copy.count) == array) }
  }
}

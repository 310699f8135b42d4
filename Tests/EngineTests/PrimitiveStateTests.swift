import Events
import Testing

@testable import Concurrency

// State machines only compare waiters, so these need no run.
private let first = QueuedActor(actor: ActorID(2), slot: 2)
private let second = QueuedActor(actor: ActorID(3), slot: 3)
private let third = QueuedActor(actor: ActorID(4), slot: 4)
private let object = ObjectID(1)

@Suite struct LockReleaseTests {
  @Test("Any actor can release a held lock, and nobody a free one")
  func anyone() {
    var state = PlainLockState()
    #expect(!LockRelease().apply(to: &state, by: first))
    #expect(LockRelease().event(false, object: object) == nil)
    LockAcquire().apply(to: &state, by: first)
    #expect(LockRelease().apply(to: &state, by: second))
    #expect(state.holder == nil)
  }

  @Test("A release for the owner only fails for other actors")
  func ownOnly() {
    var state = PlainLockState()
    let release = LockRelease(isForOwnerOnly: true)
    #expect(!release.apply(to: &state, by: first))
    LockAcquire().apply(to: &state, by: first)
    #expect(!release.apply(to: &state, by: second))
    #expect(state.holder == first.actor)
    #expect(release.apply(to: &state, by: first))
  }

  @Test("A release that fails wakes nobody")
  func quiet() {
    var state = PlainLockState()
    LockAcquire().apply(to: &state, by: first)
    LockAcquire().enqueue(second, in: &state)
    _ = LockRelease(isForOwnerOnly: true).apply(to: &state, by: third)
    #expect(LockRelease().wakes(state) == nil)
  }
}

@Suite struct ReentrantLockStateTests {
  @Test("A reentrant lock is free after as many releases as acquisitions")
  func depth() {
    var state = ReentrantLockState()
    #expect(ReentrantAcquire().apply(to: &state, by: first) == 1)
    #expect(ReentrantAcquire().isReady(state, for: first))
    #expect(!ReentrantAcquire().isReady(state, for: second))
    #expect(ReentrantAcquire().apply(to: &state, by: first) == 2)
    ReentrantAcquire().enqueue(second, in: &state)
    #expect(ReentrantRelease().apply(to: &state, by: first) == 1)
    #expect(ReentrantRelease().wakes(state) == nil)
    #expect(ReentrantRelease().apply(to: &state, by: first) == 0)
    #expect(ReentrantRelease().wakes(state) == second)
    #expect(ReentrantAcquire().isReady(state, for: second))
    #expect(!ReentrantAcquire().isReady(state, for: third))
  }

  @Test("The holder of a reentrant lock does not wait behind others")
  func overtaking() {
    var state = ReentrantLockState()
    _ = ReentrantAcquire().apply(to: &state, by: first)
    ReentrantAcquire().enqueue(second, in: &state)
    #expect(ReentrantAcquire().isReady(state, for: first))
  }

  @Test("Only the holder of a reentrant lock can release it")
  func owner() {
    var state = ReentrantLockState()
    #expect(ReentrantRelease().apply(to: &state, by: first) == nil)
    _ = ReentrantAcquire().apply(to: &state, by: first)
    #expect(ReentrantRelease().apply(to: &state, by: second) == nil)
    #expect(ReentrantRelease().event(nil, object: object) == nil)
    #expect(state.depth == 1)
  }
}

@Suite struct NotificationQueueTests {
  @Test("A notification reaches the first waiter, and no later one")
  func order() {
    var state = NotificationQueue()
    #expect(ConditionNotify(count: 1, isGone: { _ in false }).apply(to: &state, by: first) == 0)
    ConditionEnter().apply(to: &state, by: second)
    ConditionEnter().apply(to: &state, by: third)
    #expect(!ConditionWait().isReady(state, for: second))
    #expect(ConditionNotify(count: 1, isGone: { _ in false }).apply(to: &state, by: first) == 1)
    #expect(ConditionNotify(count: 1, isGone: { _ in false }).wakes(state) == second)
    #expect(ConditionWait().isReady(state, for: second))
    #expect(!ConditionWait().isReady(state, for: third))
  }

  @Test("Notified waiters wake one after the other")
  func chain() {
    var state = NotificationQueue()
    for waiter in [first, second, third] { ConditionEnter().apply(to: &state, by: waiter) }
    #expect(ConditionNotify(count: .max, isGone: { _ in false }).apply(to: &state, by: first) == 3)
    var woken: [QueuedActor] = []
    while let next = ConditionWait().wakes(state) {
      ConditionWait().withdraw(next, from: &state)
      ConditionWait().apply(to: &state, by: next)
      woken.append(next)
    }
    #expect(woken == [first, second, third])
  }

  @Test("A killed waiter does not use up a notification")
  func killedInLine() {
    var state = NotificationQueue()
    for waiter in [first, second, third] { ConditionEnter().apply(to: &state, by: waiter) }
    let notify = ConditionNotify(count: 1) { $0 == first }
    #expect(notify.apply(to: &state, by: third) == 1)
    #expect(state.notified.all == [second] && state.waiting.all == [third])
  }

  @Test("A waiter that gives up is not notified")
  func withdrawal() {
    var state = NotificationQueue()
    ConditionEnter().apply(to: &state, by: first)
    ConditionEnter().apply(to: &state, by: second)
    ConditionLeave().apply(to: &state, by: first)
    #expect(ConditionNotify(count: 1, isGone: { _ in false }).apply(to: &state, by: third) == 1)
    #expect(ConditionNotify(count: 1, isGone: { _ in false }).wakes(state) == second)
    ConditionWait().withdraw(second, from: &state)
    #expect(state == NotificationQueue())
  }
}

@Suite struct EventFlagStateTests {
  @Test("A waiter goes on after the flag is set, even if it is cleared immediately")
  func setting() {
    var state = EventFlagState()
    #expect(!EventWait().isReady(state, for: first))
    EventWait().enqueue(first, in: &state)
    #expect(EventSet().apply(to: &state, by: third) == 1)
    #expect(EventSet().wakes(state) == first)
    EventClear().apply(to: &state, by: third)
    #expect(EventWait().isReady(state, for: first))
    #expect(!EventWait().isReady(state, for: second))
    EventWait().withdraw(first, from: &state)
    #expect(!EventWait().isReady(state, for: first))
  }

  @Test("Nobody waits for a flag that is set")
  func late() {
    var state = EventFlagState()
    #expect(EventSet().apply(to: &state, by: third) == 0)
    #expect(state.isSet)
    #expect(EventWait().isReady(state, for: first))
  }
}

@Suite struct SemaphoreStateTests {
  @Test("A semaphore serves waiters in order")
  func permits() {
    var state = SemaphoreState(permits: 2)
    #expect(SemaphoreAcquire().apply(to: &state, by: first) == 1)
    #expect(SemaphoreAcquire().wakes(state) == nil)
    #expect(SemaphoreAcquire().apply(to: &state, by: second) == 0)
    #expect(!SemaphoreAcquire().isReady(state, for: third))
    SemaphoreAcquire().enqueue(third, in: &state)
    #expect(SemaphoreRelease().apply(to: &state, by: first) == 1)
    #expect(SemaphoreRelease().wakes(state) == third)
    #expect(!SemaphoreAcquire().isReady(state, for: first))
    #expect(SemaphoreAcquire().isReady(state, for: third))
  }

  @Test("A woken waiter wakes the next one while permits are left")
  func chain() {
    var state = SemaphoreState(permits: 0)
    SemaphoreAcquire().enqueue(first, in: &state)
    SemaphoreAcquire().enqueue(second, in: &state)
    _ = SemaphoreRelease().apply(to: &state, by: third)
    _ = SemaphoreRelease().apply(to: &state, by: third)
    SemaphoreAcquire().withdraw(first, from: &state)
    _ = SemaphoreAcquire().apply(to: &state, by: first)
    #expect(SemaphoreAcquire().wakes(state) == second)
  }

  @Test("A permit can be released without being acquired")
  func extraPermit() {
    var state = SemaphoreState(permits: 1)
    #expect(SemaphoreRelease().apply(to: &state, by: first) == 2)
  }
}

@Suite struct BarrierStateTests {
  @Test("The last arrival wakes all waiters at a barrier")
  func crossing() {
    var state = BarrierState(parties: 3)
    let one = BarrierArrive().apply(to: &state, by: first)
    let two = BarrierArrive().apply(to: &state, by: second)
    #expect([one.place, two.place] == [0, 1])
    #expect([one.outcome, two.outcome] == [.waits, .waits])
    #expect(!BarrierCross(round: one.round).isReady(state, for: first))
    BarrierCross(round: one.round).enqueue(first, in: &state)
    BarrierCross(round: two.round).enqueue(second, in: &state)
    let three = BarrierArrive().apply(to: &state, by: third)
    #expect(three.outcome == .crossed)
    #expect(BarrierArrive().wakes(state) == first)
    BarrierCross(round: one.round).withdraw(first, from: &state)
    #expect(BarrierCross(round: one.round).apply(to: &state, by: first))
    #expect(BarrierCross(round: one.round).wakes(state) == second)
  }

  @Test("A round can begin before all waiters of the last one have crossed")
  func rounds() {
    var state = BarrierState(parties: 2)
    let slow = BarrierArrive().apply(to: &state, by: first)
    _ = BarrierArrive().apply(to: &state, by: second)
    let next = BarrierArrive().apply(to: &state, by: second)
    #expect(next.outcome == .waits)
    #expect(BarrierCross(round: slow.round).isReady(state, for: first))
    #expect(!BarrierCross(round: next.round).isReady(state, for: second))
  }

  @Test("A broken barrier fails its waiters and later arrivals, but not complete rounds")
  func breaking() {
    var state = BarrierState(parties: 2)
    let over = BarrierArrive().apply(to: &state, by: first)
    _ = BarrierArrive().apply(to: &state, by: second)
    let open = BarrierArrive().apply(to: &state, by: first)
    BarrierBreak().apply(to: &state, by: third)
    #expect(BarrierCross(round: open.round).isReady(state, for: first))
    #expect(!BarrierCross(round: open.round).apply(to: &state, by: first))
    #expect(BarrierCross(round: over.round).apply(to: &state, by: first))
    #expect(BarrierArrive().apply(to: &state, by: second).outcome == .broken)
  }
}

@Suite struct QueueStateTests {
  private typealias Put = QueuePut<Int64>
  private typealias Get = QueueGet<Int64>

  @Test("A queue is first in, first out, and never exceeds its capacity")
  func order() {
    var state = QueueState<Int64>(capacity: 2)
    #expect(!Get().isReady(state, for: first))
    #expect(Put(value: 7).apply(to: &state, by: first) == 1)
    #expect(Put(value: 8).apply(to: &state, by: first) == 2)
    #expect(!Put(value: 9).isReady(state, for: first))
    #expect(Get().apply(to: &state, by: second).value == 7)
    #expect(Put(value: 9).isReady(state, for: first))
    #expect(Get().apply(to: &state, by: second).value == 8)
  }

  @Test("A queue without a capacity always has room")
  func unbounded() {
    var state = QueueState<Int64>(capacity: nil)
    for value in 0..<1000 { _ = Put(value: Int64(value)).apply(to: &state, by: first) }
    #expect(Put(value: 0).isReady(state, for: first))
  }

  @Test("A queue serves waiters in order at both ends")
  func lines() {
    var state = QueueState<Int64>(capacity: 1)
    Get().enqueue(first, in: &state)
    _ = Put(value: 1).apply(to: &state, by: third)
    #expect(Put(value: 1).wakes(state) == first)
    #expect(!Get().isReady(state, for: second))
    Put(value: 2).enqueue(third, in: &state)
    Get().withdraw(first, from: &state)
    _ = Get().apply(to: &state, by: first)
    #expect(Get().wakes(state) == third)
    #expect(!Put(value: 3).isReady(state, for: second))
  }

  @Test("All waiters at both ends of a queue wake one after the other")
  func chain() {
    var state = QueueState<Int64>(capacity: 2)
    Get().enqueue(first, in: &state)
    Get().enqueue(second, in: &state)
    _ = Put(value: 1).apply(to: &state, by: third)
    _ = Put(value: 2).apply(to: &state, by: third)
    Put(value: 3).enqueue(third, in: &state)
    var woken: [QueuedActor] = []
    while let next = state.next {
      woken.append(next)
      if state.getters.contains(next) {
        Get().withdraw(next, from: &state)
        _ = Get().apply(to: &state, by: next)
      } else {
        Put(value: 3).withdraw(next, from: &state)
        _ = Put(value: 3).apply(to: &state, by: next)
      }
    }
    #expect(woken == [first, second, third])
  }

  @Test("A value that is not a number is a text of its event")
  func texts() {
    let put = QueuePut(value: "a failure")
    #expect(put.eventTexts(1) == ["a failure"])
    #expect(Put(value: 5).eventTexts(1) == [])
    #expect(Put(value: 5).event(1, object: object)?[EventField.value.slot] == 5)
  }
}

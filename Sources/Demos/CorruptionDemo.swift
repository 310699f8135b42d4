import Catalog
import Concurrency
import Platform

/// Two threads transfer money between two accounts, and one transfer fails between its two halves.
/// The lock is released normally, and the next thread finds half a change.
enum CorruptionDemo: DemoBody {
  private static let amount: Int64 = 10
  private static let failure = RaisedException.valueError("the line to the other bank is down")

  enum Line: String, ListingLine {
    case lock = "with bank_lock:  # one transfer at a time"
    case take = "accounts[source] -= amount"
    case raise = #"raise ValueError("the line to the other bank is down")"#
    case repair = "accounts[source] += amount"
    case give = "accounts[target] += amount"
    case sleep = "time.sleep(delay)"
    case caught = #"print(f"transfer {number} failed: {error}")"#
    case before = #"print(f"the sum before: {accounts['a'] + accounts['b']}")"#
    case startFirst = "first.start()"
    case startSecond = "second.start()"
    case joinFirst = "first.join()"
    case joinSecond = "second.join()"
    case lockAfter = "with bank_lock:  # it is free: each transfer has released it"
    case after = #"print(f"the sum after: {accounts['a'] + accounts['b']}")"#
  }

  /// The accounts and their lock.
  private struct Bank: Sendable {
    let run: Run
    let lock: Lock
    let a: SharedVariable
    let b: SharedVariable

    func sum() throws -> Int64 { try a.read() + b.read() }
  }

  static func run(_ run: Run) throws {
    let bank = Bank(
      run: run, lock: Lock("bank_lock", in: run), a: SharedVariable("a", 100, in: run),
      b: SharedVariable("b", 100, in: run))
    run.at(Line.before)
    let before = try bank.sum()
    try run.output("the sum before: \(before)")
    let failAt = run.arguments.integer("fail-at")
    let failures = Guarded(0)
    run.at(Line.startFirst)
    let first = try run.thread("first") {
      try makeTransfers(bank, from: bank.a, to: bank.b, failAt: failAt, failures)
    }
    run.at(Line.startSecond)
    let second = try run.thread("second") {
      try makeTransfers(bank, from: bank.b, to: bank.a, failAt: 0, failures)
    }
    run.at(Line.joinFirst)
    try first.join()
    run.at(Line.joinSecond)
    try second.join()
    run.at(Line.lockAfter)
    let after = try bank.lock.withLock {
      run.at(Line.after)
      let after = try bank.sum()
      try run.output("the sum after: \(after)")
      return after
    }
    try run.measure("before: sum", before, unit: "")
    try run.measure("after: sum", after, unit: "")
    try conclude(before, after, failures.withLock { $0 }, run)
  }

  private static func makeTransfers(
    _ bank: Bank, from source: SharedVariable, to target: SharedVariable, failAt: Int,
    _ failures: Guarded<Int>
  ) throws {
    let run = bank.run
    for number in 1...run.arguments.integer("transfers") {
      run.at(Line.sleep)
      try run.sleep(run.arguments.nanoseconds("delay"))
      run.at(Line.lock)
      do {
        try bank.lock.withLock {
          try transfer(from: source, to: target, fails: number == failAt, run)
        }
      } catch let exception as RaisedException {
        run.at(Line.caught)
        run.caught(exception)
        failures.withLock { $0 += 1 }
        try run.output("transfer \(number) failed: \(exception.message)")
      }
    }
  }

  private static func transfer(
    from source: SharedVariable, to target: SharedVariable, fails: Bool, _ run: Run
  ) throws {
    run.at(Line.take)
    try source.write(try source.read() - amount)
    guard !fails else {
      run.at(Line.raise)
      let exception = run.raise(failure)
      if run.arguments.choice("repair") == "on" {
        run.at(Line.repair)
        try source.write(try source.read() + amount)
      }
      throw exception
    }
    run.at(Line.give)
    try target.write(try target.read() + amount)
  }

  private static func conclude(
    _ before: Int64, _ after: Int64, _ failures: Int, _ run: Run
  ) throws {
    let isRepaired = run.arguments.choice("repair") == "on"
    let sentence =
      if failures == 0 {
        "No transfer failed, and the sum is still right."
      } else if isRepaired {
        "A transfer failed halfway, and its first half was undone: the sum is still right."
      } else {
        "A transfer failed halfway: the lock is free, but the sum is wrong."
      }
    try run.conclude(
      sentence,
      [
        ["transfers that failed halfway", "\(failures)"],
        ["sum before", "\(before)"],
        ["sum after", "\(after)"],
        ["money lost", "\(before - after)"],
      ])
  }
}

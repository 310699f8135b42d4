import CGMP
import Events
import Glibc
import TestRuns
import Testing

@testable import Concurrency
@testable import Demos

extension RunTests {
  @Suite struct FactorialTests {
    @Test("The factorials of 0 to 60 are correct and in input order")
    func smallValues() throws {
      let events = try RecordedRun.events(of: "factorial first=0 last=60 workers=3")
      #expect(violations(in: events) == [])
      let results = events.filter { $0.kind == .result }
      #expect(results.map(\.name) == (0...60).map { "\($0)!" })
      #expect(results.map(\.value) == (0...60).map { Written.factorial($0) })
    }

    @Test("With order=down, the largest input comes first")
    func downwards() throws {
      let events = try RecordedRun.events(of: "factorial first=3 last=9 order=down workers=2")
      let results = events.filter { $0.kind == .result }
      #expect(results.map(\.name) == (3...9).reversed().map { "\($0)!" })
      #expect(results.map(\.value) == (3...9).reversed().map { Written.factorial($0) })
      let submitted = events.filter { $0.kind == .taskSubmit }
      #expect(submitted.map(\.value) == (3...9).reversed().map { "\($0)" })
    }

    @Test("All 5736 digits of 2000! are correct")
    func largeValue() throws {
      let events = try RecordedRun.events(of: "factorial first=2000 last=2000 workers=1")
      let value = try #require(events.first { $0.kind == .result }?.value)
      #expect(value.utf8.count == 5736)
      #expect(value == Written.factorial(2000))
    }

    @Test("Each task is done once, and the threads of the pool share the tasks")
    func workers() throws {
      let events = try RecordedRun.events(of: "factorial first=3000 last=3040 workers=4")
      #expect(violations(in: events) == [])
      let started = events.filter { $0.kind == .taskStart }
      #expect(started.count == 41)
      #expect(Set(started.compactMap(\.task)) == Set(1...41))
      #expect(Set(started.map(\.tid)).count > 1)
      let open = try #require(events.first { $0.kind == .poolOpen })
      #expect(open.size == 4)
      #expect(started.allSatisfy { $0.seq > open.seq })
      // The same thread starts and finishes a task.
      for start in started {
        let finish = events.first { $0.kind == .taskFinish && $0.task == start.task }
        #expect(finish?.tid == start.tid)
      }
    }

    @Test("All events of a task have the whole text of its input")
    func textInputs() throws {
      let run = try RecordedRun { run in
        let pool = try ThreadPool<String, String>(
          "pool", workers: 2, in: run, describeInput: { $0 }, describeOutput: { $0 }
        ) { $0 + "!" }
        let futures = try ["one", "2", "three"].map { try pool.submit($0) }
        try pool.close()
        for future in futures { _ = try future.result() }
      }
      let events = try run.finish()
      #expect(violations(in: events) == [])
      let values = { (kind: EventKind) in
        events.filter { $0.kind == kind }.sorted { ($0.task ?? 0) < ($1.task ?? 0) }.map(\.value)
      }
      #expect(values(.taskSubmit) == ["one", "2", "three"])
      #expect(values(.taskStart) == ["one", "2", "three"])
      #expect(values(.taskFinish) == ["one!", "2!", "three!"])
    }

    @Test("A long value is abbreviated in the task's event and complete as a result")
    func abbreviation() throws {
      let events = try RecordedRun.events(of: "factorial first=40 last=40 workers=1")
      let whole = Written.factorial(40)
      #expect(
        events.first { $0.kind == .taskFinish }?.value
          == "\(whole.prefix(16))…\(whole.suffix(16)) (48 digits)")
      #expect(events.first { $0.kind == .result }?.value == whole)
    }
  }
}

@Suite struct BigNumberTests {
  @Test(
    "The decimal digits equal those of GMP, with and without splitting the number",
    arguments: [0, 1, 20, 6_500, 7_248, 7_249, 7_300, 13_000, 13_400, 25_000])
  func decimal(_ n: Int) throws {
    let digits = try BigNumber.factorial(n) {}.decimal {}
    let isEqual = digits == Self.reference(n)
    #expect(isEqual)
  }

  /// GMP's own factorial and conversion, which cannot be interrupted.
  private static func reference(_ n: Int) -> String {
    let number = BigNumber()
    __gmpz_fac_ui(number.value, UInt(n))
    var buffer = [CChar](repeating: 0, count: __gmpz_sizeinbase(number.value, 10) + 2)
    __gmpz_get_str(&buffer, 10, number.value)
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8($0) }, as: UTF8.self)
  }

  @Test(
    "Splitting a number keeps zeros in the middle and at the end",
    arguments: [
      (19_998, 1), (19_999, 0), (20_000, 7), (20_001, 0), (39_999, 1), (40_000, 0),
      (40_001, 12_345),
      (50_000, 1), (100_000, 999),
    ])
  func zeros(_ zeros: Int, _ rest: Int) throws {
    let number = BigNumber()
    __gmpz_ui_pow_ui(number.value, 10, UInt(zeros))
    __gmpz_add_ui(number.value, number.value, UInt(rest))
    let end = "\(rest)"
    let expected = "1" + String(repeating: "0", count: zeros - end.utf8.count) + end
    let digits = try number.decimal {}
    let isEqual = digits == expected
    #expect(isEqual)
  }

  @Test("An error of a checkpoint ends the computation and the conversion")
  func interrupted() throws {
    struct Enough: Error {}
    for limit in [0, 1, 5, 40] {
      var looks = 0
      #expect(throws: Enough.self) {
        _ = try BigNumber.factorial(30_000) {
          looks += 1
          if looks > limit { throw Enough() }
        }
      }
      #expect(looks == limit + 1)
    }
    let number = try BigNumber.factorial(30_000) {}
    #expect(throws: Enough.self) { _ = try number.decimal { throw Enough() } }
  }
}

/// Long multiplication, digit by digit.
private enum Written {
  static func factorial(_ n: Int) -> String {
    var digits = [1]
    for factor in stride(from: 2, through: n, by: 1) {
      var carry = 0
      for place in digits.indices {
        let product = digits[place] * factor + carry
        digits[place] = product % 10
        carry = product / 10
      }
      while carry > 0 {
        digits.append(carry % 10)
        carry /= 10
      }
    }
    return digits.reversed().map(String.init).joined()
  }
}

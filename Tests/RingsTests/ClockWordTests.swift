import Events
import Testing

@testable import Rings

@Suite struct ClockWordTests {
  private static let second: UInt64 = 1_000_000_000

  @Test("at each speed the clock makes the speed's quarters of each nanosecond")
  func speeds() {
    for speed in RunSpeed.allCases {
      let word = ClockWord(startingAt: speed)
      #expect(word.speed == speed)
      for elapsed in [0, 4, 1000, Self.second, 86_400 * Self.second] {
        #expect(word.time(at: elapsed) == elapsed * speed.quarters / 4)
      }
    }
  }

  @Test("a clock that stands tells one time, and goes on from it, no quarter of it lost")
  func standing() {
    for speed in RunSpeed.allCases {
      var word = ClockWord(startingAt: speed)
      var elapsed: UInt64 = 0
      for _ in 0..<1000 {
        elapsed += 7
        word = word.stopping.standing(at: elapsed)
        let stood = word.time(at: elapsed)
        elapsed += 1_000_003
        #expect(word.time(at: elapsed) == stood)
        word = word.going(at: elapsed, untilRest: false)
        #expect(word.time(at: elapsed) == stood)
      }
      #expect(word.time(at: elapsed) == 7000 * speed.quarters / 4)
    }
  }

  @Test("another speed counts from its moment on, and what was before stays")
  func change() {
    var word = ClockWord(startingAt: .normal)
    var expected: UInt64 = 0
    var elapsed: UInt64 = 0
    for speed in [RunSpeed.quadruple, .quarter, .unlimited, .half, .double, .normal] {
      word = word.stopping.standing(at: elapsed).with(speed).going(at: elapsed, untilRest: false)
      elapsed += Self.second
      expected += Self.second * speed.quarters / 4
      #expect(word.time(at: elapsed) == expected)
    }
  }

  @Test("the clock is put forward, going or standing, and never back")
  func advancing() {
    for speed in RunSpeed.allCases {
      let going = ClockWord(startingAt: speed)
      let standing = going.stopping.standing(at: 100)
      for word in [going, standing] {
        #expect(word.advanced(to: 5 * Self.second, at: 100).time(at: 100) == 5 * Self.second)
        #expect(word.advanced(to: 1, at: 100) == word)
      }
      let later = going.advanced(to: 5 * Self.second, at: 100).time(at: 500)
      #expect(later == 5 * Self.second + 100 * speed.quarters)
    }
  }

  @Test("who sleeps for the machine's time that is told finds the run's time reached, not passed")
  func machineTime() {
    for speed in RunSpeed.allCases {
      for until in [1, 2, 3, 999, 1001, Self.second, Self.second + 1] as [UInt64] {
        let word = ClockWord(startingAt: speed)
        let left = word.machineTime(until: until, at: 100)
        guard left > 0 else {
          #expect(word.time(at: 100) >= until)
          continue
        }
        #expect(word.time(at: 100 + left) >= until)
        #expect(word.time(at: 100 + left - 1) < until)
      }
    }
  }

  @Test("a clock counts the days of the longest run at the highest speed")
  func long() {
    let year = 365 * 86_400 * Self.second
    let word = ClockWord(startingAt: .quadruple)
    #expect(word.time(at: year / 4) == year)
    #expect(word.stopping.standing(at: year / 4).time(at: 0) == year)
    #expect(word.advanced(to: 2 * year, at: 0).time(at: 0) == 2 * year)
  }
}

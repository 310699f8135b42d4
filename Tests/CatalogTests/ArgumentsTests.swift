import Testing

@testable import Catalog

private let catalog = DemoCatalog(cores: 4)

/// The error message for a command, or nil if it is valid.
private func refusal(_ command: String) -> String? {
  do {
    _ = try RunRequest(words: command.split(separator: " ").map(String.init), in: catalog)
    return nil
  } catch {
    return error.description
  }
}

@Suite("The arguments of a run")
struct ArgumentsTests {
  @Test("have defaults")
  func defaults() throws {
    let request = try RunRequest(words: ["producer-consumer", "items=3"], in: catalog)
    #expect(request.demo.id == "producer-consumer")
    #expect(request.arguments.integer("items") == 3)
    #expect(request.arguments.nanoseconds("add-delay") == 100_000_000)
    #expect(request.arguments.nanoseconds("remove-delay") == 150_000_000)
    #expect(request.arguments.choice("lock") == "on")
    #expect(request.engine == .native)
  }

  @Test(
    "survive a round trip through their words",
    arguments: [
      "producer-consumer", "producer-consumer items=1000 add-delay=1.5s pause=20us lock=off",
      "producer-consumer add-delay=0 remove-delay=1ns", "factorial first=5 last=5 order=down",
      "pool-sizing sizes=3 tasks=2 work=1500us rounds=2", "pool-sizing sizes=2…7",
    ])
  func roundTrip(_ command: String) throws {
    let words = command.split(separator: " ").map(String.init)
    let first = try RunRequest(words: words, in: catalog)
    let second = try RunRequest(words: first.words, in: catalog)
    #expect(second.arguments == first.arguments)
    #expect(second.words == first.words)
    #expect(second.demo.id == first.demo.id)
  }

  @Test(
    "with an unknown demo are refused with a suggestion",
    arguments: [
      ("factorials", "factorial"), ("factoral", "factorial"), ("Factorial", "factorial"),
      ("prod", "producer-consumer"), ("pool-size", "pool-sizing"), ("pol-sizing", "pool-sizing"),
    ])
  func unknownDemo(_ name: String, _ meant: String) {
    #expect(
      refusal(name) == "there is no demo \"\(name)\" (did you mean \(meant)?); "
        + "lockstep list shows all demos")
  }

  @Test("A short word suggests only what differs by one letter")
  func unrelated() {
    let known = ["list", "run", "open", "check", "man", "doctor", "replay", "export"]
    for word in ["git", "cat", "vi", "ls", "help", "mv", "top", "plan", "ruby", "echo", "tree"] {
      #expect(Suggestion.closest(to: word, among: known) == nil, "\(word)")
    }
    for (word, meant) in [
      ("lst", "list"), ("rnu", "run"), ("opne", "open"), ("chekc", "check"), ("rplay", "replay"),
    ] {
      #expect(Suggestion.closest(to: word, among: known) == meant, "\(word)")
    }
  }

  @Test(
    "with an unknown demo get no suggestion if none is close", arguments: ["", "x", "deadlock"])
  func noSuggestion(_ name: String) {
    #expect(throws: ParameterError.self) { try catalog.demo(name) }
    #expect(Suggestion.closest(to: name, among: catalog.demos.map(\.id)) == nil)
  }

  @Test(
    "with a wrong word are refused with a message that says what to type",
    arguments: [
      (
        "producer-consumer item=3",
        "producer-consumer has no parameter \"item\" (did you mean items?); it has items, "
          + "add-delay, remove-delay, producers, consumers, pause and lock"
      ),
      (
        "factorial colour=red",
        "factorial has no parameter \"colour\"; it has first, last, workers and order"
      ),
      (
        "factorial 5",
        "\"5\" is not name=value; to see the parameters of factorial, type lockstep list"
      ),
      (
        "factorial =5",
        "\"=5\" is not name=value; to see the parameters of factorial, type lockstep list"
      ),
      ("factorial last=5 last=6", "last is given twice"),
      ("factorial last=five", "last=five: wanted a whole number, 0...200000"),
      ("factorial last=", "last=: wanted a whole number, 0...200000"),
      ("factorial last=5=6", "last=5=6: wanted a whole number, 0...200000"),
      (
        "factorial last=99999999999999999999",
        "last=99999999999999999999: wanted a whole number, 0...200000"
      ),
      ("factorial last=200001", "last=200001 is out of range; allowed is 0...200000"),
      ("factorial last=-1", "last=-1 is out of range; allowed is 0...200000"),
      ("factorial workers=65", "workers=65 is out of range; allowed is 1...64"),
      ("factorial order=sideways", "order=sideways: wanted up or down"),
      (
        "factorial first=9 last=3",
        "first=9 is greater than last=3; first must not be greater"
      ),
      (
        "factorial first=0 last=200000",
        "the factorials from 0 to 200000 have more than a billion digits together; "
          + "choose a smaller range"
      ),
      (
        "producer-consumer add-delay=100",
        "add-delay=100: wanted a time with its unit (ns, us, ms or s), 0ms...10s"
      ),
      ("producer-consumer add-delay=11s", "add-delay=11s is out of range; allowed is 0ms...10s"),
      (
        "pool-sizing sizes=5...1",
        "sizes=5...1: wanted the smaller number first, as in 1...5"
      ),
      ("producer-consumer lock=true", "lock=true: wanted on or off"),
      ("pool-sizing sizes=1...33", "sizes=1...33 is out of range; allowed is 1...32"),
      ("factorial --engine python", "there is no engine \"python\"; available: native"),
      ("factorial --engine=", "there is no engine \"\"; available: native"),
      ("factorial --engine", "there is no engine \"\"; available: native"),
    ])
  func refusals(_ command: String, _ words: String) {
    #expect(refusal(command) == words)
  }

  @Test(
    "may name an engine in two ways, at any position",
    arguments: ["factorial --engine native last=3", "factorial last=3 --engine=native"])
  func engines(_ command: String) throws {
    let words = command.split(separator: " ").map(String.init)
    let request = try RunRequest(words: words, in: catalog)
    #expect(request.engine == .native)
    #expect(request.arguments.integer("last") == 3)
  }
}

@Suite("Values")
struct ValueTests {
  @Test(
    "A duration is parsed",
    arguments: [
      ("0", 0), ("0s", 0), ("100ms", 100_000_000), ("1.5s", 1_500_000_000), ("20us", 20_000),
      ("20µs", 20_000), ("20μs", 20_000), ("7ns", 7), ("0.000000001s", 1), ("2.50ms", 2_500_000),
    ] as [(String, Int64)])
  func durations(_ text: String, _ nanoseconds: Int64) {
    #expect(DurationText.nanoseconds(in: text) == nanoseconds)
  }

  @Test(
    "Other texts are not durations",
    arguments: [
      "", "5", "ms", "-5ms", "1.2.3s", "1.s", ".5s", "1 ms", "5MS", "5min", "1e3ms", "٣ms", "1,5s",
      "99999999999s", "9223372036s9", "0.0000000001s",
    ])
  func notDurations(_ text: String) {
    #expect(DurationText.nanoseconds(in: text) == nil)
  }

  @Test("The shortest text of a duration is exact and parses to the same duration")
  func shortest() {
    for nanoseconds in [0, 1, 999, 1_000, 1_500, 1_000_000, 1_500_000_000, 60_000_000_000] {
      let text = DurationText.shortest(nanoseconds: Int64(nanoseconds))
      #expect(DurationText.nanoseconds(in: text) == Int64(nanoseconds))
    }
    #expect(DurationText.shortest(nanoseconds: 1_500_000_000) == "1500ms")
    #expect(DurationText.shortest(nanoseconds: 2_000_000_000) == "2s")
  }

  @Test(
    "A span is one number, or two with dots between them",
    arguments: [("3", 3...3), ("1...5", 1...5), ("1…5", 1...5), ("1..5", 1...5), ("32", 32...32)])
  func spans(_ text: String, _ span: ClosedRange<Int>) throws {
    let parameter = try #require(
      DemoCatalog(cores: 2).demo("pool-sizing").parameters.first { $0.name == "sizes" })
    #expect(try parameter.value(in: text) == .span(span))
  }

  @Test("Each default is a valid value of its parameter, for any number of cores")
  func defaults() throws {
    for cores in [1, 2, 3, 64, 65, 1024] {
      for demo in DemoCatalog(cores: cores).demos {
        for parameter in demo.parameters {
          let text = parameter.defaultValue.description
          #expect(try parameter.value(in: text) == parameter.defaultValue)
        }
        #expect(try Arguments(words: demo.defaults.words, for: demo) == demo.defaults)
      }
    }
  }

  @Test("Demos and parameters have unique names without special characters")
  func names() {
    let demos = DemoCatalog(cores: 2).demos
    #expect(Set(demos.map(\.id)).count == demos.count)
    for demo in demos {
      #expect(Set(demo.defaults.names).count == demo.parameters.count)
      for name in demo.defaults.names + [demo.id] {
        #expect(name.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") })
      }
    }
  }

  @Test("Words are listed as in a sentence")
  func listing() {
    #expect([String]().listed == "")
    #expect(["a"].listed == "a")
    #expect(["a", "b"].listed == "a and b")
    #expect(["a", "b", "c"].listed == "a, b and c")
  }

  @Test(
    "The distance of two words is the number of edits, and a transposition is one edit",
    arguments: [
      ("", "", 0), ("a", "", 1), ("", "abc", 3), ("kitten", "sitting", 3), ("lsat", "last", 1),
      ("ab", "ba", 1), ("same", "same", 0),
    ])
  func distances(_ first: String, _ second: String, _ distance: Int) {
    #expect(Suggestion.editDistance(first, second) == distance)
    #expect(Suggestion.editDistance(second, first) == distance)
  }
}

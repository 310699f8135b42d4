import Events
import TestEvents
import TestNumbers
import Testing

@testable import Trace

@Suite("The letters of actors")
struct ActorLetterTests {
  private func state(_ events: [Event]) -> RunState {
    events.reduce(into: RunState()) { $0.apply($1) }
  }

  @Test("They follow the order of spawning: A to Z, then AA")
  func order() {
    #expect(
      [0, 1, 25, 26, 27, 51, 52].map(ActorLetters.text) == ["A", "B", "Z", "AA", "AB", "AZ", "BA"])
    let state = state(Script(threads: "adder", "remover").events)
    #expect(state.letter(of: Script.a) == "A" && state.letter(of: Script.b) == "B")
    #expect(state.letter(of: .main) == "·" && state.rank(of: .main) == nil)
  }

  @Test("An actor takes the letter of an ended one with its name and type")
  func taken() {
    var script = Script(threads: "worker-1", "worker-2")
    script.add(.threadExit, Script.a)
    script.add(.threadExit, Script.b)
    // In the other order, and a process in between.
    for (number, name, type) in [
      (4, "worker-2", "thread"), (5, "worker-1", "process"), (6, "worker-1", "thread"),
    ] {
      script.add(.threadSpawn, .main, numbers: [Int64(number)])
      script.add(.actorName, ActorID(number), texts: [name, type])
      script.add(.threadStart, ActorID(number))
    }
    let state = state(script.events)
    #expect((4...6).map { state.letter(of: ActorID($0)) } == ["B", "C", "A"])
  }

  @Test("Letters follow the order of spawning, whichever of several names itself first")
  func together() {
    for order in [[3, 4, 5], [5, 4, 3], [4, 3, 5], [4, 5, 3]] {
      var script = Script(threads: "worker-1")
      script.add(.threadExit, Script.a)
      for number in 3...5 { script.add(.threadSpawn, .main, numbers: [Int64(number)]) }
      for number in order {
        script.add(.actorName, ActorID(number), texts: ["worker-\(number - 2)", "thread"])
      }
      let state = state(script.events)
      #expect((2...5).map { state.letter(of: ActorID($0)) } == ["A", "A", "B", "C"], "\(order)")
    }
  }

  @Test("A name that a living actor has gets another letter")
  func living() {
    var script = Script(threads: "worker", "worker")
    script.add(.threadExit, Script.b)
    script.add(.threadSpawn, .main, numbers: [4])
    script.add(.actorName, Script.c, texts: ["worker", "thread"])
    let state = state(script.events)
    #expect(
      [Script.a, Script.b, Script.c].map { state.letter(of: $0) } == ["A", "B", "B"])
  }

  @Test(
    "In 200 random courses no two living actors have the same letter, and the letters are dense")
  func random() {
    for seed in 0..<200 {
      var random = Seeded(UInt64(seed))
      var script = Script()
      var alive: [Int] = []
      var next = 2
      for _ in 0..<60 {
        if alive.count < 2 || Bool.random(using: &random) && next < 40 {
          script.add(.threadSpawn, .main, numbers: [Int64(next)])
          script.add(
            .actorName, ActorID(next),
            texts: ["worker-\(Int.random(in: 1...3, using: &random))", "thread"])
          alive.append(next)
          next += 1
        } else {
          let place = Int.random(in: alive.indices, using: &random)
          script.add(.threadExit, ActorID(alive.remove(at: place)))
        }
        let state = state(script.events)
        let ranks = alive.map { state.rank(of: ActorID($0)) }
        #expect(Set(ranks).count == alive.count)
        let all = Set((2..<next).compactMap { state.rank(of: ActorID($0)) })
        #expect(all.max().map { $0 < all.count } != false, "\(all)")
      }
    }
  }

  @Test("An actor that changes its name keeps its letter, and leaves it to one of its first name")
  func renamed() {
    var script = Script(threads: "a", "b")
    script.add(.actorName, Script.a, texts: ["b", "thread"])
    script.add(.threadExit, Script.a)
    script.add(.threadExit, Script.b)
    for (number, name) in [(4, "b"), (5, "b"), (6, "a")] {
      script.add(.threadSpawn, .main, numbers: [Int64(number)])
      script.add(.actorName, ActorID(number), texts: [name, "thread"])
    }
    let state = state(script.events)
    #expect((2...6).map { state.letter(of: ActorID($0)) } == ["A", "B", "B", "C", "A"])
  }

  @Test("A rewound run has the letters of its end")
  func rewound() {
    var script = Script(threads: "worker")
    script.add(.threadExit, Script.a)
    script.add(.threadSpawn, .main, numbers: [3])
    let before = script.events.count
    script.add(.actorName, Script.b, texts: ["worker", "thread"])
    var early = state(Array(script.events.prefix(before)))
    #expect(early.letter(of: Script.b) == "B")
    early.adoptNames(from: state(script.events))
    #expect(early.letter(of: Script.b) == "A")
  }
}

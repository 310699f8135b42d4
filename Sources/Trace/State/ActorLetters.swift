import Events

/// Gives each actor its letter. An actor takes the letter of one with the same name and type that
/// has ended before, so that the threads of ten rounds do not use up the alphabet. No two living
/// actors have the same letter.
struct ActorLetters: Sendable, Equatable {
  /// The last actor of each letter, by name and type.
  private var holders: [String: [Int]] = [:]
  /// How many letters are in use.
  private var count = 0

  /// Gives an actor the next letter, unless it has one.
  mutating func give(to actor: inout ActorState) {
    guard actor.id != .main, actor.rank == nil else { return }
    actor.rank = count
    count += 1
  }

  /// Gives an actor that has just got its name its final letter. With a second name it keeps it.
  mutating func name(_ place: Int, in actors: inout [ActorState]) {
    let actor = actors[place]
    guard actor.id != .main, !actor.hasFinalLetter else { return }
    actors[place].hasFinalLetter = true
    let key = actor.name + "\u{0}" + actor.type.rawValue
    let start = actor.spawned ?? .max
    let earlier = holders[key]?.firstIndex { other in
      actors[other].ended.map { $0 <= start } ?? false
    }
    if let earlier, let other = holders[key]?[earlier], let rank = actors[other].rank {
      actors[place].rank = rank
      holders[key]?[earlier] = place
      if let given = actor.rank { giveUp(given, &actors) }
    } else {
      give(to: &actors[place])
      holders[key, default: []].append(place)
    }
  }

  /// Moves the later letters down by one. Their actors were spawned after the one that gives its
  /// letter up, and few milliseconds ago.
  private mutating func giveUp(_ rank: Int, _ actors: inout [ActorState]) {
    count -= 1
    guard rank < count else { return }
    for place in actors.indices {
      if let later = actors[place].rank, later > rank { actors[place].rank = later - 1 }
    }
  }

  /// The letters of a rank: 0 is A, 1 is B … 25 is Z, 26 is AA.
  static func text(_ rank: Int) -> String {
    var rest = rank
    var letters = ""
    repeat {
      letters.insert(Character(Unicode.Scalar(UInt8(65 + rest % 26))), at: letters.startIndex)
      rest = rest / 26 - 1
    } while rest >= 0
    return letters
  }
}

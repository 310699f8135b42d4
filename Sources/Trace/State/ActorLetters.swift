import Events

/// Gives each actor its letter. An actor takes the letter of one with the same name and type that
/// has ended before, so that the threads of ten rounds do not use up the alphabet. No two living
/// actors have the same letter.
struct ActorLetters: Sendable, Equatable {
  /// The last actor of each letter, by name and type.
  private var holders: [String: [Int]] = [:]
  /// How many letters are in use.
  private var count = 0
  /// Letters that were given up before the last one, the greatest first.
  private var free: [Int] = []

  /// Gives an actor the next letter, unless it has one.
  mutating func give(to actor: inout ActorState) {
    guard actor.id != .main, actor.rank == nil else { return }
    if let rank = free.popLast() {
      actor.rank = rank
    } else {
      actor.rank = count
      count += 1
    }
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
      if let given = actor.rank { giveUp(given) }
      actors[place].rank = rank
      holders[key]?[earlier] = place
    } else {
      // A letter that is free by now is read more easily.
      if let given = actor.rank, let least = free.last, least < given {
        free.removeLast()
        actors[place].rank = least
        giveUp(given)
      }
      give(to: &actors[place])
      holders[key, default: []].append(place)
    }
  }

  private mutating func giveUp(_ rank: Int) {
    let place = free.firstIndex { $0 < rank } ?? free.count
    free.insert(rank, at: place)
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

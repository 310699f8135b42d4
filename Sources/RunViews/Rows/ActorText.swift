internal import Events
internal import Screen
package import Trace

/// The letter, name and colour of an actor, the same in every pane.
enum ActorText {
  /// Returns the actor's colour; the main thread is muted.
  static func style(_ actor: ActorID, in state: RunState) -> Style {
    state.rank(of: actor).map { .actor($0) } ?? .muted
  }

  static func letter(_ actor: ActorID, in state: RunState) -> StyledText {
    StyledText(state.letter(of: actor), style(actor, in: state))
  }

  /// Returns the name, abbreviated for a label.
  static func name(_ actor: ActorID, in state: RunState) -> String {
    let name = actor.rawValue == 0 ? "run" : state.name(of: actor)
    return ValueText.abbreviated(name, limit: 24)
  }

  /// Returns a text with the names of actors in their colours, each after its letter. A name that
  /// several letters have stays as it is.
  static func named(
    _ text: String, in state: RunState, _ style: Style = .text, hasLetters: Bool = true
  ) -> StyledText {
    let names = letters(in: state)
    var styled = StyledText()
    var plain = ""
    var rest = Substring(text)
    while let first = rest.first {
      let word = rest.prefix { isPart($0) }
      guard !word.isEmpty else {
        plain.append(first)
        rest.removeFirst()
        continue
      }
      if let actor = names[String(word)] {
        styled.append(plain, style)
        plain = ""
        let letter = hasLetters ? state.letter(of: actor) + " " : ""
        styled.append(letter + word, self.style(actor, in: state))
      } else {
        plain += word
      }
      rest = rest.dropFirst(word.count)
    }
    styled.append(plain, style)
    return styled
  }

  private static func isPart(_ sign: Character) -> Bool {
    sign.isLetter || sign.isNumber || sign == "_" || sign == "-"
  }

  /// The actors with a name of one word that only one letter has.
  private static func letters(in state: RunState) -> [String: ActorID] {
    var actors: [String: ActorID] = [:]
    var shared: Set<String> = []
    for actor in state.actors.prefix(256) where actor.id != .main && actor.isNamed {
      if let other = actors[actor.name], state.rank(of: other) != actor.rank {
        shared.insert(actor.name)
      }
      actors[actor.name] = actor.id
    }
    return actors.filter { !shared.contains($0.key) }
  }

  /// Returns letter and name: `A adder`. The main thread and the run itself have no letter.
  static func label(_ actor: ActorID, in state: RunState) -> StyledText {
    guard actor.rawValue >= 2 else { return StyledText(name(actor, in: state), .muted) }
    return letter(actor, in: state)
      + StyledText(" " + name(actor, in: state), style(actor, in: state))
  }
}

extension RunState {
  /// The actors with a known phase, the main thread last. Lazy, so that a prefix of very many is
  /// cheap.
  package var shownActors: some Sequence<ActorState> {
    let main = min(1, actors.count)
    return [main..<actors.count, 0..<main].lazy.joined()
      .filter { actors[$0].phase != .unknown }.map { actors[$0] }
  }
}

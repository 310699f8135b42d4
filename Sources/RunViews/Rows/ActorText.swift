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

  /// Returns letter and name: `A adder`. The main thread and the run itself have no letter.
  static func label(_ actor: ActorID, in state: RunState) -> StyledText {
    guard actor.rawValue >= 2 else { return StyledText(name(actor, in: state), .muted) }
    return letter(actor, in: state)
      + StyledText(" " + name(actor, in: state), style(actor, in: state))
  }
}

/// The names of a run's actors, to be found in sentences.
struct ActorNames {
  private let state: RunState
  /// The actors with a name of one word that only one letter has.
  private let actors: [String: ActorID]

  /// More actors than a sentence names.
  private static let most = 256

  init(_ state: RunState) {
    self.state = state
    var actors: [String: ActorID] = [:]
    var shared: Set<String> = []
    for actor in state.actors.prefix(Self.most) where actor.id != .main && actor.isNamed {
      if let other = actors[actor.name], state.rank(of: other) != actor.rank {
        shared.insert(actor.name)
      }
      actors[actor.name] = actor.id
    }
    self.actors = actors.filter { !shared.contains($0.key) }
  }

  /// Returns a text with the names in their colours, each after its letter.
  func text(_ text: String, _ style: Style = .text, hasLetters: Bool = true) -> StyledText {
    var styled = StyledText()
    var rest = Substring(text)
    while !rest.isEmpty {
      let word = rest.prefix(while: Self.isPart)
      if let actor = actors[String(word)] {
        let letter = hasLetters ? state.letter(of: actor) + " " : ""
        styled.append(letter + word, ActorText.style(actor, in: state))
      } else {
        styled.append(String(word), style)
      }
      rest = rest.dropFirst(word.count)
      let gap = rest.prefix { !Self.isPart($0) }
      styled.append(String(gap), style)
      rest = rest.dropFirst(gap.count)
    }
    return styled
  }

  private static func isPart(_ sign: Character) -> Bool {
    sign.isLetter || sign.isNumber || sign == "_" || sign == "-"
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

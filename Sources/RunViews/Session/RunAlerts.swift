internal import Catalog
package import Screen
package import Trace

extension RunSession {
  /// Returns a finding or an exception of the run with its sign, or nil after the last one.
  /// - Parameter place: its place among all of them, from 0.
  package func alert(_ place: Int, _ glyphs: Glyphs) -> StyledText? {
    let cross = StyledText(glyphs.cross + " ", .failure)
    let found = findings.prefix(Self.mostFindings)
    guard place >= found.count else {
      let isStaged = request.staged != nil
      let sign = isStaged ? StyledText(glyphs.onPurpose + " ", .muted) : cross
      let title = FindingBox.title(found[place], of: request) + ": "
      return sign + StyledText(title, isStaged ? .muted : .failure)
        + ActorNames(state).text(found[place].core)
    }
    let rest = showsExceptions ? [] : raises.dropFirst(place - found.count)
    return rest.first.map { cross + text(of: $0) }
  }

  /// How many findings are alerts; the layer of the findings has all of them.
  private static let mostFindings = 3

  /// Whether the demo has its own view of exceptions, which shows each with its end.
  private var showsExceptions: Bool {
    request.demo.views.contains(.exceptions)
  }

  /// Returns an exception with the actor that raised it, and with its cause if another actor was
  /// first.
  package func text(of raise: Raise) -> StyledText {
    var text = ActorText.label(raise.actor, in: state)
    text.append(": ")
    text.append(raise.text, .failure)
    if let taker = raise.forestaller {
      text.append(" – it had looked, then ")
      text += ActorText.label(taker, in: state)
      text.append(" took the last")
    }
    return text
  }
}

extension RunSession {
  /// The number of alerts, without formatting them.
  package var alertCount: Int {
    min(Self.mostFindings, findings.count) + (showsExceptions ? 0 : raised)
  }
}

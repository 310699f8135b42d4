internal import Catalog
package import Screen
package import Trace

extension RunSession {
  /// What went wrong in the run, each told as what it is, the first first.
  package var alerts: [StyledText] {
    var alerts = findings.prefix(3).map { finding in
      StyledText(FindingBox.title(finding) + ": ", .failure) + StyledText(finding.description)
    }
    if !showsExceptions { alerts += raises.prefix(64).map(telling) }
    return alerts
  }

  /// Whether the demo has a view of its own for exceptions, where each is told with its end.
  private var showsExceptions: Bool {
    request.demo.views.contains(.exceptions)
  }

  /// Who raised what, and what had led to it.
  package func telling(_ raise: Raise) -> StyledText {
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
  /// How many alerts there are, without the telling.
  package var alertCount: Int { min(3, findings.count) + (showsExceptions ? 0 : raised) }
}

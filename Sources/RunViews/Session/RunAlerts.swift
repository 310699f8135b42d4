internal import Catalog
package import Screen
package import Trace

extension RunSession {
  /// The findings and exceptions of the run, in order.
  package var alerts: [StyledText] {
    var alerts = findings.prefix(3).map { finding in
      StyledText(FindingBox.title(finding, of: request) + ": ", isStaged ? .muted : .failure)
        + ActorText.named(finding.core, in: state)
    }
    if !showsExceptions { alerts += raises.prefix(64).map(text(of:)) }
    return alerts
  }

  /// Whether the run brings its finding about on purpose.
  package var isStaged: Bool { request.demo.staged(with: request.arguments) != nil }

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
  package var alertCount: Int { min(3, findings.count) + (showsExceptions ? 0 : raised) }
}

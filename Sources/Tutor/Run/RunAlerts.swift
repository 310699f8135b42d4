internal import Screen
internal import Trace

extension RunSession {
  /// What went wrong in the run, each told as what it is, the first first.
  var alerts: [StyledText] {
    var alerts = findings.prefix(3).map { finding in
      StyledText(Self.title(of: finding.kind) + ": ", .failure) + StyledText(finding.description)
    }
    for index in log.exceptions.prefix(64) where log.record(at: index).kind == Self.raise {
      let event = log[index]
      var text = StyledText("exception: ", .failure)
      text += ActorText.label(event.actor, in: state)
      text.append(" raises \(event.type ?? "an exception")")
      if let message = event.message, !message.isEmpty { text.append(": \(message)") }
      alerts.append(text)
    }
    return alerts
  }

  private static let raise = EventKind.exceptionRaise.rawValue

  private static func title(of kind: Finding.Kind) -> String {
    switch kind {
    case .deadlock: "deadlock"
    case .waitForEnded: "waits for ever"
    case .lostUpdate: "lost update"
    }
  }
}

extension RunSession {
  /// How many alerts there are, without the telling.
  var alertCount: Int { min(3, findings.count) + raised }
}

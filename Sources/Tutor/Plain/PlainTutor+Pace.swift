internal import Catalog
internal import Trace

/// How fast a run goes, and hearing one that is over as it went.
extension PlainTutor {
  mutating func changeSpeed(_ wish: SpeedWish, _ answer: inout PlainAnswer) {
    let steps: Int
    switch wish {
    case .told:
      answer.say("A run with delays goes \(model.speed.phrase).")
      return answer.say("It can be \(RunSpeed.allCases.map(\.word).listed).")
    case .changed(let faster): steps = faster
    case .set(let speed): steps = Int(speed.rawValue - model.speed.rawValue)
    }
    let live = model.session.flatMap { $0.isLive ? $0.request.demo : nil }
    if let live, !live.hasDelays {
      return answer.say("\(live.id) has no delays that could be shorter or longer.")
    }
    guard model.speed.stepped(by: steps) != nil else {
      return answer.say(steps > 0 ? "It is as fast as it can be." : "It is as slow as it can be.")
    }
    answer.effects += model.perform(.speed(steps))
    let phrase = model.speed.phrase
    if live != nil || model.session?.isPlaying == true {
      answer.say("From here on it goes \(phrase).")
    } else {
      answer.say("A run with delays now goes \(phrase), and so does a recording that is played.")
      if let next = model.selectedRequest?.demo, !next.hasDelays {
        answer.say("\(next.id) has no delays, so that it goes as before.")
      }
    }
  }

  /// When something is to be told by itself, on the monotonic clock in nanoseconds; nil where
  /// nothing is.
  public var nextDeadline: UInt64? {
    guard let session = model.session, session.isPlaying else { return nil }
    // What comes within so short a time is told together.
    return max(model.now + 10_000_000, session.nextOfFilm ?? 0)
  }

  /// Tells a run that is over as it went, or holds that.
  mutating func play(_ answer: inout PlainAnswer) {
    guard let session = model.session, !session.log.isEmpty else {
      answer.say("Nothing has run yet.")
      return tellChoices(&answer)
    }
    guard !session.isLive else {
      return answer.say("The run is live: it is told while it goes on. Type last to follow it.")
    }
    if session.isPlaying {
      _ = model.perform(.film)
      film = nil
      answer.say("Held at \(PlainRunText.place(session)).")
      return tellChoices(&answer)
    }
    list = .choices
    _ = model.perform(.film)
    film = PlainTeller(session.request.demo, tellsAll: tellsAll)
    let from = model.session?.position ?? 0
    answer.say(
      "Playing from event \(ValueText.grouped(from + 1)), \(model.speed.phrase)."
        + (isScripted ? "" : " Enter holds it."))
  }

  /// Takes what moves a film on, and tells what is to be heard of it.
  mutating func roll(_ message: Message, _ answer: inout PlainAnswer) {
    let from = model.session?.position ?? 0
    answer.effects += update(&model, message)
    guard var teller = film, let session = model.session else { return }
    let range = from..<max(from, session.position)
    var state = session.log.state(at: from)
    state.takeNames(of: session.log.state)
    for event in session.log.events(in: range) {
      state.apply(event)
      teller.tell(event, state, isPaused: false, &answer.lines)
      for finding in session.findings where finding.seq == event.seq {
        answer.say(PlainRunText.found(finding))
      }
    }
    film = teller
    guard !session.isPlaying else { return }
    film = nil
    answer.say(PlainRunText.end(session, lanes, told: teller.told))
    answer.lines.append(.blank)
    tellChoices(&answer)
  }
}

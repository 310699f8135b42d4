internal import Catalog
internal import Trace

/// How fast a run goes, and hearing one that is over as it went.
extension PlainTutor {
  mutating func changeSpeed(_ wish: SpeedWish, _ answer: inout PlainAnswer) {
    let isOfFilm = model.isSpeedOfFilm
    switch wish {
    case .told:
      answer.say(
        isOfFilm
          ? "Playing goes \(model.filmSpeed.phrase)."
          : "A run with delays goes \(model.speed.phrase)."
      )
      return answer.say(
        "Type speed and one of \(RunSpeed.allCases.map(\.word).listed) to change it.")
    case .set(let speed) where isOfFilm:
      model.filmSpeed = FilmSpeed(speed)
      if model.session?.isPlaying == true { model.session?.play(model.filmSpeed, now: model.now) }
    case .set(let speed):
      let steps = Int(speed.rawValue - model.speed.rawValue)
      guard change(by: steps, &answer) else { return }
    case .changed(let steps):
      guard change(by: steps, &answer) else { return }
    }
    if isOfFilm {
      answer.say("Playing now goes \(model.filmSpeed.phrase).")
    } else {
      let whose = model.session?.isLive == true ? "From here on it goes" : "The next run goes"
      answer.say("\(whose) \(model.speed.phrase).")
    }
  }

  /// Goes so many speeds on; false, and why told, where that is not to be had.
  private mutating func change(by steps: Int, _ answer: inout PlainAnswer) -> Bool {
    if case .no(let reason) = KeyTable.needsSpeed(steps)(model) {
      answer.say(Self.sentence(reason))
      return false
    }
    answer.effects += model.perform(.speed(steps))
    return true
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
      "Playing from event \(ValueText.grouped(from + 1)), \(model.filmSpeed.phrase)."
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

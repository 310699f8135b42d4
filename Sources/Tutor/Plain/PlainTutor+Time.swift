internal import Catalog
internal import Events
internal import History
internal import Trace

/// To and fro in a run: after each move the moment is told. A live run goes on meanwhile.
extension PlainTutor {
  /// Whether an earlier moment is looked at: what is live is not told then.
  public var isLookingBack: Bool { model.session?.isRewound == true }

  mutating func move(_ command: PlainCommand, _ answer: inout PlainAnswer) {
    guard let session = model.session, !session.log.isEmpty else {
      answer.say("Nothing has run yet.")
      return tellChoices(&answer)
    }
    let (position, count) = (session.position, session.log.count)
    switch command {
    case .earlier(let events):
      guard position > 1 else { return answer.say("This is the run's first event.") }
      look(at: max(1, position - min(events ?? 1, count)), &answer)
    case .later(let events):
      guard session.isRewound else { return answer.say("This is the newest event.") }
      look(at: position + min(events, count), &answer)
    case .firstEvent: look(at: 1, &answer)
    case .newestEvent: look(at: count, &answer)
    case .event(let number?):
      guard (1...count).contains(number) else {
        return answer.say("The run's events are 1 to \(ValueText.grouped(count)).")
      }
      look(at: number, &answer)
    case .moment(let time):
      look(at: max(1, session.log.position(at: Self.end(of: time))), &answer)
    default: answer.say(moment(session))
    }
  }

  /// A time that is named by whole milliseconds, as times are told, goes on to the next.
  private static func end(of time: Int64) -> UInt64 {
    let (end, overflows) = UInt64(clamping: time).addingReportingOverflow(999_999)
    return time % 1_000_000 == 0 && !overflows ? end : UInt64(clamping: time)
  }

  /// Looks at the run as it was after so many events, and tells it.
  mutating func look(at position: Int, _ answer: inout PlainAnswer) {
    let wasLookingBack = isLookingBack
    film = nil
    list = .choices
    model.look(at: position)
    guard let session = model.session else { return }
    guard session.isRewound else { return tellNewest(&answer) }
    answer.say(moment(session))
    guard !wasLookingBack else { return }
    if session.isLive { answer.say(session.isPauseAsked ? Self.pauses : Self.goesOn) }
    tellChoices(&answer)
  }

  private static let goesOn =
    "The run goes on meanwhile, and is told again from the newest event when you type last."
  private static let pauses = "The run stays paused meanwhile; type last for its newest event."

  func moment(_ session: RunSession) -> [SpokenLine] {
    PlainRunText.moment(session, now: model.now, listing: model.shownListing)
  }

  /// Tells what is new to somebody who comes back to the newest event.
  private mutating func tellNewest(_ answer: inout PlainAnswer) {
    guard let session = model.session else { return }
    if unheard > 0 {
      answer.say("Meanwhile \(PlainRunText.counted(unheard, "event")) happened.")
    }
    unheard = 0
    // It ended while somebody looked back.
    if !session.isLive, teller != nil { return tellEnd(session, &answer) }
    answer.say(moment(session))
    if session.isLive, !session.isPauseAsked { answer.say("The run is told again from here.") }
    tellChoices(&answer)
  }

  // MARK: why

  /// Goes to what ended a wait.
  /// - Parameter name: whose wait; empty for the one that the moment is about.
  mutating func goToEndOfWait(of name: String, _ answer: inout PlainAnswer) {
    guard let session = model.session, session.isRewound else {
      return answer.say(
        "Go to a moment at which somebody waits first: type back, or search waits.")
    }
    guard let asked = wait(of: name, session, &answer) else { return }
    let (who, wait) = (session.state.name(of: asked.actor), asked.wait)
    let after = session.position
    guard let ending = session.log.ending(of: wait, by: asked.actor, after: after) else {
      return answer.say(
        session.isLive ? "\(who) waits still." : "Nothing ended the wait of \(who).")
    }
    let waited = session.log[ending.end].waited.map { ValueText.spokenDuration(max(0, $0)) }
    let time = waited.map { " \($0)" } ?? ""
    let what =
      switch (wait.reason, ending.cause) {
      case (.sleep, _): "Here \(who) wakes, after it slept for\(time)"
      case (_, nil): "Here the wait of \(who) is over: it waited\(time)"
      default: "This let \(who) go on: it waited\(time)"
      }
    let whatFor = wait.object.map { " for \(session.state.name(of: $0))" } ?? ""
    answer.say(what + (wait.reason == .sleep ? "" : whatFor) + ".")
    look(at: (ending.cause ?? ending.end) + 1, &answer)
  }

  /// The wait that is asked about; nil, and that told, where there is none.
  private func wait(
    of name: String, _ session: RunSession, _ answer: inout PlainAnswer
  ) -> (actor: ActorID, wait: Wait)? {
    if name.isEmpty {
      if let asked = model.askedWait { return asked }
      let names = session.state.shownActors.filter { $0.wait != nil }.prefix(12).map(\.name)
      answer.say(
        names.isEmpty
          ? "Nobody waits here."
          : "Say whose wait you mean, as in why \(names[0]): here \(names.listed) "
            + (names.count == 1 ? "waits or sleeps." : "wait or sleep."))
      return nil
    }
    let folded = name.lowercased()
    guard let actor = session.state.shownActors.first(where: { $0.name.lowercased() == folded })
    else {
      let names = session.state.shownActors.prefix(12).map(\.name).listed
      answer.say("Nobody is called \"\(Self.told(name))\" here; there are \(names).")
      return nil
    }
    if let wait = actor.wait { return (actor.id, wait) }
    answer.say("\(actor.name) does not wait here.")
    return nil
  }

  private static func told(_ text: String) -> String { ValueText.abbreviated(text, limit: 60) }

  // MARK: search

  /// So many events are looked through for one line that was typed.
  static let mostSearched = 300_000

  /// Looks for words in the events, from where the learner looks, or else from the first one.
  mutating func search(_ text: String, _ answer: inout PlainAnswer) {
    guard !text.isEmpty else {
      return answer.say("Type the words to look for too: search adder appends.")
    }
    sought = text
    goToMatch(isForward: true, &answer)
  }

  /// Goes to the next event with the words that are sought, or to the one before; round the end.
  mutating func goToMatch(isForward: Bool, _ answer: inout PlainAnswer) {
    guard let session = model.session, !session.log.isEmpty else {
      answer.say("Nothing has run yet.")
      return tellChoices(&answer)
    }
    let words = TextFinder.words(of: sought)
    guard !words.isEmpty else {
      return answer.say("Search for something first: search adder appends.")
    }
    // Round the end, and with the event that is looked at last.
    let (here, count) = (session.position - 1, session.log.count)
    let parts = isForward ? [here + 1..<count, 0..<here + 1] : [0..<here, here..<count]
    var rest = Self.mostSearched
    for (index, part) in parts.enumerated() {
      let range = isForward ? part.prefix(rest) : part.suffix(rest)
      if let found = match(words, in: range, session.log, isForward: isForward) {
        if found == here, session.isRewound {
          return answer.say("This is the only event with \"\(Self.told(sought))\".")
        }
        if index > 0, session.isRewound {
          answer.say(isForward ? "From the first event again." : "From the last event again.")
        }
        return look(at: found + 1, &answer)
      }
      if range.count < part.count {
        let end = ValueText.grouped((isForward ? range.upperBound : range.lowerBound + 1))
        return answer.say("Nothing was found up to event \(end). Go there to search further.")
      }
      rest -= range.count
    }
    answer.say("No event of this run has \"\(Self.told(sought))\".")
  }

  /// The first event of a range that has all words in its sentence, or the last.
  private func match(
    _ words: [TextFinder], in range: Range<Int>, _ log: EventLog, isForward: Bool
  ) -> Int? {
    guard !range.isEmpty else { return nil }
    var state = log.state(at: range.lowerBound)
    state.takeNames(of: log.state)
    var found: Int?
    for (index, event) in zip(range, log.events(in: range)) {
      state.apply(event)
      let sentence = Narrator.sentence(event, state: state)
      guard words.allSatisfy({ $0.isFound(in: sentence) }) else { continue }
      if isForward { return index }
      found = index
    }
    return found
  }
}

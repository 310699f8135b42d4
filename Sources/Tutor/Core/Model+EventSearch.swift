internal import History
internal import RunViews
internal import Trace

/// Search for words in the sentences of a run's events.
extension Model {
  /// The most events that one command searches.
  static let mostSearched = 300_000

  /// Searches the events for words, from the current event, or else from the first one.
  package mutating func searchEvents(_ words: String) {
    soughtWords = words
    goToMatch(isForward: true)
  }

  /// Moves to the next or previous event with the words, and wraps at the end.
  mutating func goToMatch(isForward: Bool) {
    guard let session, !session.log.isEmpty else { return }
    let words = TextFinder.words(of: soughtWords)
    let shown = ValueText.abbreviated(soughtWords, limit: 60)
    // The search wraps at the end. The current event comes last.
    let (here, count) = (session.position - 1, session.log.count)
    let parts =
      isForward ? [here + 1..<count, 0..<here + 1] : [0..<max(0, here), max(0, here)..<count]
    var rest = Self.mostSearched
    for (index, part) in parts.enumerated() {
      let range = isForward ? part.prefix(rest) : part.suffix(rest)
      if let found = Self.match(words, in: range, session.log, isForward: isForward) {
        if found == here, session.isRewound {
          return notify("this is the only event that contains \"\(shown)\"")
        }
        if index > 0, session.isRewound {
          notify(
            isForward
              ? "the search wrapped to the first event" : "the search wrapped to the last event",
            isWarning: false)
        }
        return look(at: found + 1)
      }
      if range.count < part.count {
        let end = ValueText.grouped((isForward ? range.upperBound : range.lowerBound + 1))
        return notify(["nothing was found up to event \(end)", "go there to continue the search"])
      }
      rest -= range.count
    }
    notify("no event of this run contains \"\(shown)\"")
  }

  /// The first or last event of a range whose sentence contains all words.
  private static func match(
    _ words: [TextFinder], in range: Range<Int>, _ log: EventLog, isForward: Bool
  ) -> Int? {
    guard !range.isEmpty else { return nil }
    var state = log.state(at: range.lowerBound)
    state.adoptNames(from: log.state)
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

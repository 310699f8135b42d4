internal import Catalog
internal import Events
package import History
package import Screen
package import Trace

/// The layer that compares two runs of one demo.
package struct ComparisonView: Sendable {
  /// The run on the screen.
  package let first: RunSession
  /// The other run.
  package let second: RunSession
  /// The start of the other run, as text.
  package let started: String
  package let comparison: RunComparison
  /// The scroll position of the rows.
  package var offset = 0
  /// The sentences of the summary, made once: some of them need to fold the state at a moment.
  private var summary: [StyledText] = []

  package init(
    _ first: RunSession, _ second: RunSession, _ comparison: RunComparison, started: String
  ) {
    self.first = first.atHead
    self.second = second
    self.started = started
    self.comparison = comparison
    summary = sentences()
  }

  /// The number of events to show before the first difference, and after it.
  private static let around = (before: 3, after: 200)
  private static let mostLanes = 12

  /// Returns all rows: the summary, the lanes of both runs, and the events around the first
  /// difference.
  package func rows(width: Int, glyphs: Glyphs) -> [StyledText] {
    var rows = heads(glyphs)
    rows.append(StyledText())
    let sign = StyledText(glyphs.bullet + " ", .muted)
    for sentence in summary { rows += (sign + sentence).wrapped(to: width, hangingIndent: 2) }
    rows.append(StyledText())
    rows += lanes(width: width, glyphs: glyphs)
    rows += events(width: width, glyphs: glyphs)
    return rows.map { $0.truncated(to: width, glyphs: glyphs) }
  }

  private func heads(_ glyphs: Glyphs) -> [StyledText] {
    func head(_ name: String, _ session: RunSession, _ when: String) -> StyledText {
      let state = session.state
      var parts = [ValueText.duration(Int64(clamping: state.time))]
      parts.append("\(ValueText.grouped(session.log.count)) events")
      if case .finished(let outcome) = state.phase { parts.append(outcome.word) }
      if !when.isEmpty { parts.append(when) }
      return StyledText(name, .strong)
        + StyledText(parts.joined(separator: " \(glyphs.separator) "), .muted)
    }
    return [head("this run   ", first, ""), head("the other  ", second, started)]
  }

  // MARK: summary

  /// Returns the sentences that say what is equal and what differs.
  package func sentences(_ voice: NarratorVoice = .brief) -> [StyledText] {
    let all = [order(voice), whoDidTheSame()] + differingCourses(voice) + [results()] + breaks()
    return all.compactMap { $0 }
  }

  /// Returns the end of a sentence, with what happened in this run and in the other.
  private func both(_ here: String, _ there: String, _ voice: NarratorVoice) -> StyledText {
    StyledText("here \(here)" + (voice == .spoken ? ". There \(there)." : "; there \(there)."))
  }

  /// Returns where the order of all steps first differs.
  private func order(_ voice: NarratorVoice) -> StyledText? {
    guard let parting = comparison.parting else {
      let ends = comparison.breaksOff
      let reach = ends.first || ends.second ? "As far as both go, all did" : "All did"
      return StyledText("\(reach) the same, in the same order.")
    }
    return StyledText("The order differs after \(comparison.common) steps: ", .strong)
      + both(step(parting.first, first, voice), step(parting.second, second, voice), voice)
  }

  private func whoDidTheSame() -> StyledText? {
    let same = comparison.unchanged
    guard comparison.parting != nil, !same.isEmpty else { return nil }
    let names = same.prefix(8).map { first.state.name(of: $0) }
    let more = same.count > 8 ? ["\(same.count - 8) more"] : []
    let isAll =
      same.count == comparison.courses.count && comparison.onlyFirst.isEmpty
      && comparison.onlySecond.isEmpty
    let isCut = comparison.breaksOff.first || comparison.breaksOff.second
    let end =
      isCut
      ? "took the same steps as far as both go."
      : isAll
        ? "each took the same steps in both: nothing but the order between them differs."
        : "took the same steps in both."
    return StyledText((names + more).listed + " " + end)
  }

  /// Returns the actors that took other steps, and their first different step.
  private func differingCourses(_ voice: NarratorVoice) -> [StyledText] {
    var texts: [StyledText] = []
    for course in comparison.courses {
      guard let parting = course.parting else { continue }
      let name = StyledText(
        first.state.name(of: course.actor), ActorText.style(course.actor, in: first.state))
      texts.append(
        name + StyledText(" does something else after \(course.common) steps of its own: ")
          + both(own(parting.first, first, voice), own(parting.second, second, voice), voice))
    }
    let most = 4
    let more = texts.count > most ? [StyledText("and so do \(texts.count - most) more.")] : []
    let alone =
      [(comparison.onlyFirst, first, "this run"), (comparison.onlySecond, second, "the other")]
      .compactMap { actors, session, name -> StyledText? in
        guard !actors.isEmpty else { return nil }
        let names = actors.prefix(4).map { session.state.name(of: $0) }.listed
        return StyledText("Only \(name) has \(names).")
      }
    return Array(texts.prefix(most)) + more + alone
  }

  /// Returns a warning for each run whose events end early.
  private func breaks() -> [StyledText?] {
    func sentence(_ name: String, _ session: RunSession) -> StyledText {
      StyledText(
        "\(name) is cut off after \(ValueText.grouped(session.log.count)) events: later events "
          + "are not compared.", .warning)
    }
    return [
      comparison.breaksOff.first ? sentence("This run", first) : nil,
      comparison.breaksOff.second ? sentence("The other", second) : nil,
    ]
  }

  private func results() -> StyledText? {
    let differing = comparison.results
    guard !differing.isEmpty else {
      let count = comparison.sameResults
      return count == 0 ? nil : StyledText("The results are the same.")
    }
    let pairs = differing.prefix(4).map { name, one, other in
      "\(name) \(short(one)) and \(short(other))"
    }
    return StyledText("Results differ: ", .strong) + StyledText(pairs.joined(separator: "; ") + ".")
  }

  private func short(_ value: String?) -> String {
    value.map { ValueText.abbreviated($0, limit: 24) } ?? "nothing"
  }

  private func step(_ index: Int?, _ session: RunSession, _ voice: NarratorVoice) -> String {
    guard let index else { return "the run is over" }
    return Narrator.detail(session.log[index], state: state(session, index), voice: voice)
  }

  private func own(_ index: Int?, _ session: RunSession, _ voice: NarratorVoice) -> String {
    guard let index else { return "it is done" }
    let event = session.log[index]
    let predicate = Narrator.predicate(event, state: state(session, index), voice: voice)
    // The predicate of an object's name is a complete sentence.
    return event.kind == .objectName ? predicate : "it " + predicate
  }

  /// Returns the state after an event, with later names of objects and actors.
  private func state(_ session: RunSession, _ index: Int) -> RunState {
    var state = session.log.state(at: index + 1)
    state.adoptNames(from: session.state)
    return state
  }

  // MARK: lanes and events

  /// Returns each actor's lanes in both runs, one below the other, on one scale.
  private func lanes(width: Int, glyphs: Glyphs) -> [StyledText] {
    let both = comparison.courses.map(\.actor).filter { $0 != .main }.prefix(Self.mostLanes)
    guard !both.isEmpty, width > 30 else { return [] }
    let labels = both.map { ActorText.label($0, in: first.state) }
    let columns = min(labels.map(\.columns).max() ?? 0, 20)
    let end = max(first.state.time, second.state.time, 1)
    func lane(_ actor: ActorID, _ session: RunSession) -> StyledText {
      Lane(
        session: session, glyphs: glyphs, from: 0, to: end, now: session.state.time,
        columns: width - columns - 4
      ).text(actor, isWorker: true)
    }
    var rows: [StyledText] = []
    for (actor, label) in zip(both, labels) {
      rows.append(
        label.padded(to: columns, glyphs: glyphs) + StyledText("  ") + lane(actor, first))
      rows.append(
        StyledText("the other", .muted).leftPadded(to: columns) + StyledText("  ")
          + lane(actor, second))
    }
    return rows + [StyledText()]
  }

  /// Returns the events of both runs side by side, from shortly before the first difference.
  private func events(width: Int, glyphs: Glyphs) -> [StyledText] {
    guard let parting = comparison.parting, width >= 40 else { return [] }
    let half = (width - 3) / 2
    func column(_ session: RunSession, _ index: Int?) -> [StyledText] {
      let start = index ?? session.log.count
      let range = max(0, start - Self.around.before)..<start + Self.around.after
      return EventRows(session, range: range, marked: start, width: half, glyphs: glyphs).rows
    }
    let left = column(first, parting.first)
    let right = column(second, parting.second)
    let title =
      StyledText("this run", .heading).padded(to: half, glyphs: glyphs) + StyledText("   ")
      + StyledText("the other", .heading)
    return [title]
      + (0..<max(left.count, right.count)).map { row in
        let one = row < left.count ? left[row] : StyledText()
        let other = row < right.count ? right[row] : StyledText()
        return one.padded(to: half, glyphs: glyphs)
          + StyledText(" \(glyphs.vertical) ", .border) + other
      }
  }
}

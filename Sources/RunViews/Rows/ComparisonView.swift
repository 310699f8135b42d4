internal import Catalog
internal import Events
package import History
package import Screen
package import Trace

/// The layer in which two runs of one demo lie beside each other.
package struct ComparisonView: Sendable {
  /// The run on the screen, and the other.
  package let first: RunSession
  package let second: RunSession
  /// When the other began.
  package let started: String
  package let comparison: RunComparison
  /// How far the rows are scrolled.
  package var offset = 0
  /// What is said of the two, a sentence each. Made once, since the state at a moment is folded for
  /// some of them.
  private var said: [StyledText] = []

  package init(
    _ first: RunSession, _ second: RunSession, _ comparison: RunComparison, started: String
  ) {
    self.first = first.atHead
    self.second = second
    self.started = started
    self.comparison = comparison
    said = sentences()
  }

  /// How many events are shown before the first difference, and after it.
  private static let around = (before: 3, after: 200)
  private static let mostLanes = 12

  /// All rows: what was the same and what was not, the lanes of both, and the events from the first
  /// difference on.
  package func rows(width: Int, glyphs: Glyphs) -> [StyledText] {
    var rows = heads(glyphs)
    rows.append(StyledText())
    let sign = StyledText(glyphs.bullet + " ", .muted)
    for sentence in said { rows += (sign + sentence).wrapped(to: width, hangingIndent: 2) }
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

  // MARK: what is said

  /// What was the same and what was not.
  package func sentences(_ voice: NarratorVoice = .brief) -> [StyledText] {
    let all = [order(voice), whoDidTheSame()] + differingCourses(voice) + [given()] + breaks()
    return all.compactMap { $0 }
  }

  /// What was done in the one and in the other, as the end of a sentence.
  private func both(_ here: String, _ there: String, _ voice: NarratorVoice) -> StyledText {
    StyledText("here \(here)" + (voice == .spoken ? ". There \(there)." : "; there \(there)."))
  }

  /// Where the order of what all did first differs.
  private func order(_ voice: NarratorVoice) -> StyledText? {
    guard let parting = comparison.parting else {
      let ends = comparison.breaksOff
      let reach = ends.first || ends.second ? "As far as both go, all did" : "All did"
      return StyledText("\(reach) the same, in the same order.")
    }
    return StyledText("The order parts after \(comparison.common) steps: ", .strong)
      + both(step(parting.first, first, voice), step(parting.second, second, voice), voice)
  }

  private func whoDidTheSame() -> StyledText? {
    let same = comparison.unchanged
    guard comparison.parting != nil, !same.isEmpty else { return nil }
    let names = same.prefix(8).map { first.state.name(of: $0) }
    let more = same.count > 8 ? ["\(same.count - 8) more"] : []
    let whole =
      same.count == comparison.courses.count && comparison.onlyFirst.isEmpty
      && comparison.onlySecond.isEmpty
    let isCut = comparison.breaksOff.first || comparison.breaksOff.second
    let end =
      isCut
      ? "took the same steps as far as both go."
      : whole
        ? "each took the same steps in both: nothing but the order between them differs."
        : "took the same steps in both."
    return StyledText((names + more).listed + " " + end)
  }

  /// Who did something else, and from where on.
  private func differingCourses(_ voice: NarratorVoice) -> [StyledText] {
    var texts: [StyledText] = []
    for course in comparison.courses {
      guard let parting = course.parting else { continue }
      let name = StyledText(first.state.name(of: course.actor), ActorText.style(course.actor))
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

  /// That the events of a run end before it does.
  private func breaks() -> [StyledText?] {
    func sentence(_ name: String, _ session: RunSession) -> StyledText {
      StyledText(
        "\(name) breaks off after \(ValueText.grouped(session.log.count)) events: what came later "
          + "is not compared.", .warning)
    }
    return [
      comparison.breaksOff.first ? sentence("This run", first) : nil,
      comparison.breaksOff.second ? sentence("The other", second) : nil,
    ]
  }

  private func given() -> StyledText? {
    let differing = comparison.results
    guard !differing.isEmpty else {
      let count = comparison.sameResults
      return count == 0 ? nil : StyledText("The results are the same.")
    }
    let told = differing.prefix(4).map { name, one, other in
      "\(name) \(short(one)) and \(short(other))"
    }
    return StyledText("Results differ: ", .strong) + StyledText(told.joined(separator: "; ") + ".")
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
    // What is said of an object is a whole sentence.
    return event.kind == .objectName ? predicate : "it " + predicate
  }

  /// What is true after an event, with the names that all have later.
  private func state(_ session: RunSession, _ index: Int) -> RunState {
    var state = session.log.state(at: index + 1)
    state.adoptNames(from: session.state)
    return state
  }

  // MARK: lanes and events

  /// Each actor's lane of both runs, one below the other, on one scale.
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

  /// The events of both side by side, from shortly before the first difference on.
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

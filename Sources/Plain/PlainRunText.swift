internal import Catalog
internal import Events
internal import History
internal import RunViews
internal import Screen
internal import Trace
internal import Tutor

/// Sentences about a run.
enum PlainRunText {
  /// Returns a demo and its arguments that differ from the defaults: `producer-consumer with lock
  /// off`.
  static func name(_ request: RunRequest) -> String {
    let changed = request.arguments.names.filter {
      request.arguments[$0] != request.demo.defaults[$0]
    }
    guard !changed.isEmpty else { return request.demo.id }
    return request.demo.id + " with "
      + changed.map { "\($0) \(ParameterText.value(request.arguments[$0]))" }.listed
  }

  /// Returns a sentence after its time of the run.
  static func timed(_ time: UInt64, _ sentence: String) -> String {
    "\(ValueText.moment(Int64(clamping: time)))  \(sentence)"
  }

  /// Returns a count with its noun: `1 take`, `1,204 takes`.
  static func counted(_ count: Int, _ noun: String) -> String {
    "\(ValueText.grouped(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  /// Returns a finding, for the moment in which the run proves it.
  static func found(_ finding: Finding, of request: RunRequest) -> String {
    timed(finding.time, "Found, \(FindingBox.title(finding, of: request)): \(finding.description).")
  }

  // MARK: the end

  /// Returns the summary of a run: its outcome, final values, results and exceptions.
  /// - Parameters:
  ///   - reported: the number of events that were reported as they happened.
  ///   - asked: the measures that the step asks about; `results` says the others.
  static func end(_ session: RunSession, reported: Int, asked: [String]) -> [SpokenLine] {
    let state = session.state
    var sentences = [timed(state.time, outcome(session) + ended(state))]
    sentences += shown(session)
    sentences += state.objects.compactMap { left($0, state) }
    sentences += waits(session)
    sentences += results(session)
    sentences += exceptions(session)
    sentences += exceptionPaths(session)
    sentences += picture(session)
    sentences += bars(session, asked: asked)
    if state.lost > 0 {
      sentences.append(
        counted(state.lost, "event") + (state.lost == 1 ? " was lost." : " were lost."))
    }
    let all = counted(session.log.count, "event")
    let part =
      reported == 0
      ? "none was reported"
      : reported == 1 ? "1 was reported" : "\(ValueText.grouped(reported)) were reported"
    sentences.append("Of its \(all), \(part). To hear all of them, type events.")
    return sentences.map { SpokenLine($0) }
  }

  /// Returns the conclusion of the run, in its own words.
  static func shown(_ session: RunSession) -> [String] {
    session.shown.map { ["Shown: " + Narrator.closed($0.sentence)] + $0.table } ?? []
  }

  private static func outcome(_ session: RunSession) -> String {
    guard case .finished(let outcome) = session.state.phase else {
      return session.isRecorded ? "The recording ends before its run does." : "The run continues."
    }
    return switch outcome {
    case .completed: "The run has completed."
    case .failed: "The run has failed."
    case .stopped: "The run was stopped."
    case .deadlocked: "The run ended in a deadlock."
    }
  }

  private static func ended(_ state: RunState) -> String {
    let born = state.actors.filter { $0.phase != .unknown && $0.id != .main }
    let ended = born.count { $0.isEnded }
    guard !born.isEmpty else { return "" }
    let isProcesses = born.allSatisfy { $0.type == .process }
    let noun = isProcesses ? "process" : "thread"
    let nouns = isProcesses ? "processes" : "threads"
    switch (born.count, ended) {
    case (1, 1): return " Its \(noun) has ended."
    case (2, 2): return " Both \(nouns) have ended."
    case (let all, ended) where all == ended: return " All \(all) \(nouns) have ended."
    case (let all, _): return " \(ended) of \(all) \(nouns) had ended by themselves."
    }
  }

  private static func left(_ object: ObjectState, _ state: RunState) -> String? {
    switch object.form {
    case .list, .queue, .pipe:
      let sequence = object.sequence
      let values = counted(sequence.added, "value")
      return Narrator.contents(of: object, in: state)
        + ". \(values) went in, \(ValueText.grouped(sequence.removed)) came out, "
        + "and at most \(ValueText.grouped(sequence.peak)) were in it."
    case .variable:
      return object.value.map { "\(object.name) is \(ValueText.abbreviated($0.text))." }
    default: return nil
    }
  }

  /// Returns the results if they are few, or the last one; the word `results` says all.
  private static func results(_ session: RunSession) -> [String] {
    let results = session.results()
    guard let last = results.last else { return [] }
    if results.count > 12 {
      return [
        "It gave \(counted(results.count, "result")); the last: \(last.name) is \(last.value). "
          + "To hear all of them, type results."
      ]
    }
    return ["Results: " + results.map { "\($0.name) is \($0.value)" }.joined(separator: "; ") + "."]
  }

  static func exceptions(_ session: RunSession) -> [String] {
    guard let first = session.raises.first else { return [] }
    var text = counted(session.raised, "exception")
    text += session.raised == 1 ? " was raised: " : " were raised. The first: "
    text += "\(session.state.name(of: first.actor)) raised \(first.text)"
    text += ", at \(ValueText.moment(Int64(clamping: first.time)))"
    if let taker = first.forestaller {
      text += "; it had looked, and then \(session.state.name(of: taker)) took the last"
    }
    return [text + "."]
  }

  /// Returns what happened to the exceptions, if some were lost or the demo is about them.
  static func exceptionPaths(_ session: RunSession) -> [String] {
    let trail = session.trail
    guard trail.count > 0, trail.lost > 0 || session.request.demo.views.contains(.exceptions) else {
      return []
    }
    let again = trail.entries.count { !$0.again.isEmpty }
    var text = "\(trail.caught) of \(ValueText.grouped(trail.count)) "
    text += trail.caught == 1 ? "was caught" : "were caught"
    if again > 0 { text += ", \(again) of them raised again by another thread" }
    text +=
      trail.lost == 0
      ? ", none was lost." : ", \(trail.lost) \(trail.lost == 1 ? "was" : "were") lost."
    let lost = trail.entries.filter(\.isLost).prefix(3).map { entry in
      "\(session.state.name(of: entry.raised.actor)) lost \(entry.type)"
        + (entry.message.isEmpty ? "" : ": " + ValueText.whole(entry.message, limit: 120))
    }
    return [text] + lost.map { Narrator.closed($0) }
  }

  /// Returns how many rows of the picture each actor made.
  private static func picture(_ session: RunSession) -> [String] {
    let makers = session.picture.makers
    guard !makers.isEmpty else { return [] }
    let parts = makers.map { "\(session.state.name(of: $0.actor)) made \($0.rows)" }
    return ["The picture has \(counted(session.picture.made, "row")): " + parts.listed + "."]
  }

  /// Returns the measurements of a bar chart, a sentence for each quantity.
  /// - Parameter asked: the only quantities to name, or nil for all.
  static func bars(_ session: RunSession, asked: [String]? = nil) -> [String] {
    let quantities = session.arms.quantities
    let chosen = asked.map { names in
      let found = quantities.filter { names.contains($0.name) }
      return found.isEmpty && !names.contains(Demo.table) ? Array(quantities.prefix(1)) : found
    }
    return (chosen ?? quantities).map { bars($0) } + pools(session)
  }

  private static func bars(_ quantity: ArmSummary.Quantity) -> String {
    func text(_ value: Int64) -> String {
      ValueText.measure(value, unit: quantity.unit, voice: .spoken)
    }
    let arms = quantity.arms.map { arm in
      let rounds = arm.values.count
      guard rounds > 1 else { return "\(arm.name) \(text(arm.median))" }
      return "\(arm.name) \(text(arm.median)) as the median of \(rounds), at least "
        + "\(text(arm.least)) and at most \(text(arm.most))"
    }
    return Narrator.closed("Measured, \(quantity.name): " + arms.joined(separator: "; "))
  }

  /// Returns the measurements of pools of different sizes.
  private static func pools(_ session: RunSession) -> [String] {
    let arms = session.sizing.arms.filter { !$0.total.isEmpty }
    guard !arms.isEmpty else { return [] }
    var sentences = arms.map { arm in
      let rounds = arm.total.count
      var text = arm.size == 1 ? "1 worker took " : "\(arm.size) workers took "
      text += ValueText.spokenDuration(arm.median)
      if rounds > 1 {
        text += " as the median of \(rounds) rounds, at least "
        text += "\(ValueText.spokenDuration(arm.least)) and at most "
        text += ValueText.spokenDuration(arm.most)
      }
      let parts = arm.parts
      text += ": creating \(ValueText.spokenDuration(parts.create))"
      text += ", working \(ValueText.spokenDuration(parts.map))"
      text += ", closing \(ValueText.spokenDuration(parts.close))."
      if let speed = session.sizing.speedUp(of: arm.size), arm.size > 1 {
        text += " That is \(PoolSizingSummary.tenths(speed)) times the speed of one worker."
      }
      if let cores = arm.coresUsed {
        text += " It used \(PoolSizingSummary.tenths(cores)) cores."
      }
      return text
    }
    if let beyond = arms.first(where: { $0.size > session.sizing.cores }) {
      sentences.append(
        beyond.size == 1
          ? "There are more workers than cores."
          : "From \(beyond.size) workers on there are more workers than cores.")
    }
    let rows = PoolRows(
      session, asked: session.request.demo.measures, isOpen: true, now: 0, width: 80, height: 0,
      glyphs: .unicode)
    sentences += rows.sentences().map { text in
      Narrator.closed(text.plain.prefix(1).uppercased() + text.plain.dropFirst())
    }
    return sentences
  }
}

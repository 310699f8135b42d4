internal import Catalog
package import Events
internal import LessonKit
package import RunViews
internal import Screen
internal import Trace

/// Recordings: replay, the list of recent runs, saving and comparing.
extension Model {
  /// Shows a recording from its beginning, with the step that runs the same demo.
  package mutating func begin(_ header: RecordingHeader, at path: String, isOfTheseLessons: Bool) {
    let request = RunRequest(
      recorded: header.demo, parameters: header.parameters, in: catalog)
    if let place = self.place(of: request), place != self.place { open(place) }
    begin(request)
    session?.source = .recorded(Recorded(path: path))
    if playsRecordings, playbackSpeed != .unlimited { session?.playWhenReady() }
    if !isOfTheseLessons {
      notify("recorded with other lessons: the lines of the code may differ")
    }
  }

  /// The step with the same run, or else with the same demo. Prefers the open step, then the first.
  private func place(of request: RunRequest) -> StepPlace? {
    let all = course.lessons.indices.flatMap { lesson in
      course.lessons[lesson].steps.indices.map { StepPlace(lesson: lesson, step: $0) }
    }
    var place: StepPlace?
    for candidate in [self.place] + all {
      guard course.lessons.indices.contains(candidate.lesson) else { continue }
      let steps = course.lessons[candidate.lesson].steps
      guard steps.indices.contains(candidate.step) else { continue }
      for own in steps[candidate.step].runs.compactMap(\.request)
      where own.demo.id == request.demo.id {
        if own.words == request.words { return candidate }
        place = place ?? candidate
      }
    }
    return place
  }

  /// Appends events of the recording.
  package mutating func take(recorded events: [Event], read: Int, of size: Int?) {
    guard session?.isRecorded == true else { return }
    session?.append(events, now: now)
    session?.note(read: read, of: size)
    session?.startPlaybackIfReady(playbackSpeed, now: now)
    advancePlayback()
  }

  /// Notes that the recording has been read to its end.
  /// - Parameter complaint: the reason why the rest cannot be read, or nil. It starts with the name
  ///   of the file if nothing could be read.
  package mutating func endRecording(_ complaint: String?) {
    let isOpen = session?.isReading == true
    session?.markComplete()
    session?.startPlaybackIfReady(playbackSpeed, now: now)
    if let complaint { notify(Remark(complaint, beginsWithName: !isOpen)) }
  }

  /// Shows the comparison, if the run is still the same.
  package mutating func compare(_ other: OtherRun) {
    guard let session, awaitedComparison == other.path, let comparison = other.comparison else {
      return
    }
    awaitedComparison = nil
    if notice?.remarks == [Self.comparing] { notice = nil }
    let request = RunRequest(
      recorded: other.header.demo, parameters: other.header.parameters, in: catalog)
    layer = .comparison(
      ComparisonView(
        session, RunSession(other, request: request, now: now), comparison,
        started: other.header.startedText))
    if let complaint = other.complaint { notify(Remark(complaint)) }
  }

  // MARK: the list

  /// Opens the list of recent runs.
  mutating func show(_ runs: [RecentRun], for purpose: RecentRunPurpose) {
    let runs = eligible(runs, for: purpose)
    guard !runs.isEmpty else {
      let runs = Remark(naming: .run()) { "there are no recent runs: \($0) starts one" }
      notify(
        purpose == .compare ? "there is no other run of this demo: run it again" : runs,
        isWarning: false)
      return
    }
    layer = .recordings(.recentRuns(runs, purpose, self), purpose)
  }

  /// The runs for a purpose: only runs of the same demo can be compared.
  func eligible(_ runs: [RecentRun], for purpose: RecentRunPurpose) -> [RecentRun] {
    guard purpose == .compare, let session else { return runs }
    return runs.filter { $0.demo == session.request.demo.id && $0.path != session.path }
  }
}

extension Model {
  /// Opens or compares the chosen run.
  package mutating func choose(_ picker: Picker, _ purpose: RecentRunPurpose) -> [Effect] {
    guard let item = picker.selected, case .recording(let run) = item.choice else { return [] }
    if let reason = item.reason {
      notify("this run cannot be shown: \(reason)")
      return []
    }
    layer = nil
    return take(recordingAt: run.path, for: purpose)
  }

  /// Opens a recording, after a live run has stopped, or compares it with the run on the screen.
  package mutating func take(recordingAt path: String, for purpose: RecentRunPurpose) -> [Effect] {
    switch purpose {
    case .replay:
      guard session?.isLive != true else {
        queuedRecording = path
        return stop()
      }
      return [.openRecording(path)]
    case .compare:
      guard let session else { return [] }
      awaitedComparison = path
      notify(Self.comparing, isWarning: false)
      return [.compare(ComparedRun(path: path, log: session.log))]
    }
  }

  private static let comparing: Remark = "reading and comparing the other run"

  /// The selected run in the list of recent runs.
  var selectedRecording: RecentRun? {
    guard case .recordings(let picker, _) = layer,
      case .recording(let run) = picker.selected?.choice
    else { return nil }
    return run
  }

  /// Removes a run from the open list, or restores it.
  func move(_ run: RecentRun?) -> [Effect] {
    guard let run else { return [] }
    return [run.isRemoved ? .restoreRecording(run.path) : .removeRecording(run.path)]
  }

  /// The run of the open list with a number, from 1.
  package func recording(_ number: Int) -> RecentRun? {
    if case .recordings(let picker, _) = layer { picker.recording(number) } else { nil }
  }

  /// Shows that a run was removed or restored. It keeps its row, so that the learner can restore it.
  package mutating func note(recording path: String, isRemoved: Bool) {
    var run = removed?.path == path ? removed : nil
    changePicker { run = $0.note(recordingAt: path, isRemoved: isRemoved) ?? run }
    removed = isRemoved ? run : nil
    notify(
      isRemoved
        ? Remark { "removed; \($0 == .brief ? "^X" : "restore") restores it, for an hour" }
        : "restored", isWarning: false)
  }

  /// Saves the run to a file, or asks for the name.
  package mutating func save(as path: String?) -> [Effect] {
    guard let session else { return [] }
    guard let path else {
      layer = .save(SaveForm(name: session.request.demo.id + ".ndjson"))
      return []
    }
    guard path.contains(where: { $0 != " " }) else {
      notify("enter a file name")
      return []
    }
    layer = nil
    return [.save(SavedRun(path: path, log: session.log))]
  }
}

/// The purpose of choosing a recent run.
public enum RecentRunPurpose: Sendable {
  /// To show it again.
  case replay
  /// To compare it with the run on the screen.
  case compare
}

extension Picker {
  package static func recentRuns(
    _ runs: [RecentRun], _ purpose: RecentRunPurpose, _ model: Model
  ) -> Picker {
    let names = runs.map(\.demo.count).max() ?? 0
    let steps = model.runSteps
    let columns = steps.values.map(\.count).max() ?? 0
    let items = runs.map { run in
      let step = steps[run.demo + " " + run.parameters] ?? steps[run.demo] ?? ""
      let lead =
        StyledText(run.started + "  ", .muted)
        + StyledText(step, .key).padded(to: columns, glyphs: model.glyphs)
      return Item(
        choice: .recording(run), lead: lead,
        title: run.demo + String(repeating: " ", count: names - run.demo.count),
        reason: run.fault, note: note(run, model))
    }
    return Picker(
      title: purpose == .compare ? "Compare with" : "Recent runs", noun: "run", items: items)
  }

  /// The outcome of a run, its duration, and parameters that differ from the defaults.
  private static func note(_ run: RecentRun, _ model: Model) -> String {
    var parts = [run.outcome?.word ?? "cut short"]
    if let duration = run.duration {
      parts.append(ValueText.duration(Int64(clamping: duration)))
    }
    let request = RunRequest(
      recorded: run.demo, parameters: run.parameters, in: model.catalog)
    let (own, usual) = (request.arguments, request.demo.defaults)
    parts += own.names.filter { own[$0] != usual[$0] }.map { "\($0) \(own[$0])" }
    return parts.joined(separator: " \(model.glyphs.separator) ")
  }
}

extension Model {
  /// A course with more steps is not searched for the steps of runs.
  private static let mostStepsWithRuns = 500

  /// The step of each run of the course, such as `4/2`, by its demo and parameters. A demo alone has
  /// the lesson of its first step.
  var runSteps: [String: String] {
    guard stepCount <= Self.mostStepsWithRuns else { return [:] }
    var steps: [String: String] = [:]
    for (lesson, number) in course.lessons.indices.map({ ($0, course.number(ofLesson: $0)) }) {
      guard let number else { continue }
      for (index, step) in course.lessons[lesson].steps.enumerated() {
        for request in step.runs.compactMap(\.request) {
          let words = request.arguments.words.joined(separator: " ")
          let key = request.demo.id + " " + words
          if steps[key] == nil { steps[key] = "\(number)/\(index + 1)" }
          if steps[request.demo.id] == nil { steps[request.demo.id] = "\(number)" }
        }
      }
    }
    return steps
  }
}

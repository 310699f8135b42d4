internal import Catalog
internal import LessonKit
internal import Trace

/// Runs that were recorded: listed, opened, saved, compared.
extension PlainTutor {
  /// How many runs are told at once.
  private static let runsOnPage = 10

  /// Asks for the list of the runs that are kept.
  mutating func askForRuns(_ purpose: RecentRunPurpose, _ answer: inout PlainAnswer) {
    let command = Command.recordings(purpose)
    if let reason = KeyTable.reason(against: command, model) {
      answer.say(Self.sentence(reason))
      return tellChoices(&answer)
    }
    answer.effects += model.perform(command)
  }

  /// Takes in which runs are kept, and tells the newest.
  mutating func take(
    _ runs: [RecentRun], for purpose: RecentRunPurpose, _ answer: inout PlainAnswer
  ) {
    let runs = model.eligible(runs, for: purpose)
    guard !runs.isEmpty else {
      answer.say(
        purpose == .compare
          ? "No other run of this demo is kept: run it again to have one." : "No run is kept yet.")
      return tellChoices(&answer)
    }
    let count = PlainRunText.counted(runs.count, purpose == .compare ? "other run" : "recent run")
    answer.say(runs.count == 1 ? "\(count):" : "\(count), the newest first:")
    tell(runs, purpose, from: 0, &answer)
  }

  mutating func tell(
    _ runs: [RecentRun], _ purpose: RecentRunPurpose, from first: Int,
    _ answer: inout PlainAnswer
  ) {
    let end = min(runs.count, first + Self.runsOnPage)
    for index in first..<end {
      answer.say("\(index + 1) \(PlainRecordingText.line(runs[index], model.catalog))")
    }
    list = .recordings(runs, purpose, next: end)
    tellChoices(&answer)
  }

  /// Does with a run of the list what the list was told for.
  mutating func choose(
    _ number: Int, of runs: [RecentRun], _ purpose: RecentRunPurpose, _ answer: inout PlainAnswer
  ) -> Bool {
    guard let index = ListNumber.index(number, count: runs.count) else { return false }
    let run = runs[index]
    if run.isRemoved {
      answer.say("That run was removed. Type put back \(number) to have it again.")
      tellChoices(&answer)
      return true
    }
    if let fault = run.fault {
      answer.say(Narrator.closed("That run cannot be shown: \(fault)"))
      tellChoices(&answer)
      return true
    }
    list = .choices
    if purpose == .replay, model.session?.isLive == true {
      answer.say("The run before is stopped first.")
    }
    answer.effects += model.take(recordingAt: run.path, for: purpose)
    return true
  }

  /// Has a run of the list taken off it, or put back.
  /// - Parameter number: nil for the one that was taken off last.
  mutating func move(run number: Int?, isRemoval: Bool, _ answer: inout PlainAnswer) {
    guard let number else {
      guard let removed else { return answer.say("No run was removed.") }
      answer.effects.append(.restoreRecording(removed.path))
      return
    }
    guard case .recordings(let runs, _, _) = list else {
      return answer.say("Type recordings first, to hear the numbers of the runs.")
    }
    guard let index = ListNumber.index(number, count: runs.count) else {
      answer.say("There is no number \(number) in this list.")
      return tellChoices(&answer)
    }
    let run = runs[index]
    guard run.isRemoved != isRemoval else {
      answer.say(isRemoval ? "That run was removed already." : "That run was not removed.")
      return tellChoices(&answer)
    }
    answer.effects.append(isRemoval ? .removeRecording(run.path) : .restoreRecording(run.path))
  }

  /// Tells that a run was taken off the list, where it keeps its number, or was put back.
  mutating func noteMoved(_ path: String, isRemoved: Bool, _ answer: inout PlainAnswer) {
    var text = removed.flatMap { $0.path == path ? $0.text : nil }
    if case .recordings(var runs, let purpose, let next) = list,
      let index = runs.firstIndex(where: { $0.path == path })
    {
      runs[index].isRemoved = false
      text = PlainRecordingText.line(runs[index], model.catalog)
      runs[index].isRemoved = isRemoved
      list = .recordings(runs, purpose, next: next)
    }
    removed = isRemoved ? (path, text ?? "") : nil
    answer.say("\(isRemoved ? "Removed" : "Put back"): \(text ?? "a run.")")
    if isRemoved { answer.say("Within an hour it can be had again: type put back.") }
    tellChoices(&answer)
  }

  // MARK: saving

  /// Has the run written to a file, or asks for its name.
  mutating func save(_ path: String, _ answer: inout PlainAnswer) {
    if let reason = KeyTable.reason(against: .save, model) {
      answer.say(Self.sentence(reason))
      return tellChoices(&answer)
    }
    guard let session = model.session else { return }
    guard !path.isEmpty else {
      answer.say(
        "What is the file to be called? Type its name, Enter for \(fileName), or back.")
      list = .saving
      return
    }
    list = .choices
    answer.effects.append(.save(SavedRun(path: path, log: session.log)))
  }

  /// What the file is called unless the person says so.
  private var fileName: String { (model.session?.request.demo.id ?? "run") + ".ndjson" }

  /// Takes the name that was asked for; a word of the table is done instead.
  mutating func takeFile(_ line: String, _ answer: inout PlainAnswer) {
    list = .choices
    if line.isEmpty { return save(fileName, &answer) }
    if line == "back" {
      answer.say("Nothing was saved.")
      return tellChoices(&answer)
    }
    if PlainWord.all.contains(where: { $0.words.contains(line) }),
      let command = PlainCommand.command(in: line)
    {
      return perform(command, &answer)
    }
    save(typed, &answer)
  }

  // MARK: a recording that is opened

  /// A recording has a beginning: what it is of, and where that is run.
  mutating func begin(
    _ message: Message, _ header: RecordingHeader, isOfTheseLessons: Bool,
    _ answer: inout PlainAnswer
  ) {
    answer.effects += update(&model, message)
    model.session?.awaitNoFilm()
    forgetRun()
    guard let session = model.session else { return }
    let started = header.startedText.isEmpty ? "" : ", of \(header.startedText)"
    answer.say("This is a recording of \(PlainRunText.name(session.request))\(started).")
    if !isOfTheseLessons {
      answer.say("It was made with other lessons: the lines of the code may be other ones.")
    }
    if let lesson = model.lesson, model.step?.runs.isEmpty == false {
      answer.say(
        Narrator.closed(
          "\(Narrator.closed(Self.name(of: lesson))) Step \(model.place.step + 1) runs it; "
            + "type again to hear that step"))
    }
  }

  /// Takes in what was read of a recording, and now and then says how much that is.
  mutating func take(
    _ message: Message, _ events: [Event], read: Int, of size: Int?, _ answer: inout PlainAnswer
  ) {
    roll(message, &answer)
    guard let session = model.session, session.isRecorded else { return }
    for event in events { lanes.note(event) }
    if let told = progress.note(read: read, of: size, events: session.log.count, model.now) {
      answer.say(told)
    }
  }

  /// No more of a recording comes.
  mutating func endRecording(_ complaint: String?, _ answer: inout PlainAnswer) {
    let isOpen = model.session?.isRecorded == true && model.session?.isComplete == false
    roll(.recordingEnded(complaint), &answer)
    if let complaint {
      answer.say(Narrator.closed(isOpen ? Self.sentence(complaint) : complaint))
    }
    guard isOpen, let session = model.session, !session.log.isEmpty else {
      return tellChoices(&answer)
    }
    if session.isRewound {
      let count = PlainRunText.counted(session.log.count, "event")
      return answer.say("All of the recording is read, \(count).")
    }
    guard film == nil else { return }
    answer.say(PlainRunText.end(session, lanes, told: 0))
    answer.say("To hear it as it went, type play; to look at its beginning, first.")
    answer.lines.append(.blank)
    tellChoices(&answer)
  }

  /// Nothing of the run before is told any more.
  mutating func forgetRun() {
    lanes = PlainLanes()
    teller = nil
    film = nil
    unheard = 0
    progress = RecordingProgress()
    list = .choices
  }
}

/// How much of a recording has been read, told where that takes long: now and then, and not more
/// often than at each fifth.
struct RecordingProgress: Sendable {
  /// When something was last told, or could have been, on the monotonic clock.
  private var since: UInt64?
  private var fifths = 0

  /// Nanoseconds in which nothing is told.
  private static let pause: UInt64 = 2_000_000_000

  /// A sentence, where one is due.
  mutating func note(read: Int, of size: Int?, events: Int, _ now: UInt64) -> String? {
    guard let since else {
      self.since = now
      return nil
    }
    guard now >= since + Self.pause else { return nil }
    guard let size, size > 0 else {
      self.since = now
      return "\(PlainRunText.counted(events, "event")) have been read."
    }
    let now5 = min(4, read / max(1, size / 5))
    guard now5 > fifths else { return nil }
    fifths = now5
    self.since = now
    return "\(now5 * 20) percent of the recording has been read."
  }
}

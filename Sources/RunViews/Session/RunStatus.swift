internal import Catalog
internal import Events
internal import History
package import Screen
internal import Trace

/// The status of the run for the footer, in several lengths, the longest first.
package struct RunStatus {
  package let texts: [StyledText]

  /// - Parameters:
  ///   - session: the run, or nil.
  ///   - isStarting: whether a run was requested and has not begun.
  ///   - now: the monotonic clock, in nanoseconds.
  package init(_ session: RunSession?, isStarting: Bool, now: UInt64, glyphs: Glyphs) {
    guard let session else {
      texts = isStarting ? [StyledText("starting", .muted)] : []
      return
    }
    let engine = session.request.engine.rawValue
    let time = TimeText.seconds(session.time(at: now))
    let dot = " \(glyphs.separator) "
    let bars = glyphs.isASCII ? "||" : "‖"
    if let past = session.past {
      texts = Self.lookingBack(session, past, glyphs)
    } else if case .recorded(let recorded) = session.source, !recorded.isComplete {
      texts = Self.reading(recorded, glyphs)
    } else if case .finished(let outcome) = session.state.phase {
      let time = ValueText.duration(Int64(clamping: session.state.time))
      let sign = StyledText(glyphs.stopped + " ", Self.style(of: outcome))
      let actors = Self.actorCounts(session.state)
      let origin = session.isRecorded ? "recorded\(dot)" : ""
      texts = [
        sign + StyledText("\(origin)\(outcome.word)\(dot)\(time)\(dot)\(actors)"),
        sign + StyledText("\(origin)\(outcome.word)\(dot)\(time)"), sign + StyledText(time),
      ]
    } else if session.isStopping {
      texts = [StyledText(glyphs.stopped + " stopping", .warning)]
    } else if session.isPaused {
      texts = [StyledText("\(bars) paused", .warning) + StyledText(dot + time)]
    } else if session.isPauseRequested {
      var text = StyledText("\(bars) pausing", .warning)
      let busy = session.stillComputing
      if !busy.isEmpty {
        text.append(dot)
        for (index, actor) in busy.prefix(4).enumerated() {
          if index > 0 { text.append(", ") }
          text.append(
            ActorText.name(actor, in: session.state), ActorText.style(actor, in: session.state))
        }
        text.append(busy.count == 1 ? " still computes" : " still compute")
      }
      texts = [text, StyledText("\(bars) pausing", .warning)]
    } else {
      let sign = StyledText(glyphs.run + " ", .success)
      let speed = session.state.speed
      let pace = speed == .normal ? "" : PlaybackSpeed(speed).sign(glyphs) + dot
      texts =
        session.isRecorded
        ? [StyledText("recorded", .muted) + StyledText(dot + time)]
        : [sign + StyledText(engine + dot + pace + time), sign + StyledText(pace + time)]
    }
  }

  /// Returns the position on display, and whether a live run continues.
  private static func lookingBack(
    _ session: RunSession, _ past: PastMoment, _ glyphs: Glyphs
  ) -> [StyledText] {
    var sign = StyledText(glyphs.isASCII ? "< " : "◀ ", .warning)
    if let speed = past.playback?.speed {
      let pace = speed == .own ? "" : speed.sign(glyphs) + " "
      sign = StyledText(glyphs.run + " " + pace, .success)
    }
    let place = "event \(ValueText.grouped(past.position))"
    let all = " of \(ValueText.grouped(session.log.count))"
    var texts = [sign + StyledText(place + all), sign + StyledText(place)]
    if session.isLive {
      let run = session.isPaused ? "the run is paused" : "the run goes on"
      texts.insert(texts[0] + StyledText(" \(glyphs.separator) \(run)", .muted), at: 0)
    }
    return texts
  }

  private static func reading(_ recorded: Recorded, _ glyphs: Glyphs) -> [StyledText] {
    guard let size = recorded.size, size > 0 else { return [StyledText("reading", .muted)] }
    let percent = min(99, recorded.read / max(1, size / 100))
    return [StyledText("reading \(percent) %", .muted)]
  }

  /// Returns the longest text that leaves two thirds of the footer to the keys.
  package func text(columns: Int) -> StyledText {
    texts.first { $0.columns * 3 <= columns } ?? texts.last ?? StyledText()
  }

  private static func style(of outcome: RunOutcome) -> Style {
    switch outcome {
    case .completed: .success
    case .stopped: .muted
    case .failed, .deadlocked: .failure
    }
  }

  /// Returns the number of threads and processes: `2 threads, 3 processes`.
  private static func actorCounts(_ state: RunState) -> String {
    let born = state.actors.filter { $0.phase != .unknown }
    let processes = born.count { $0.type == .process }
    // In a run of processes, the main thread alone is not worth a mention.
    let threads = born.count - processes == 1 && processes > 0 ? 0 : born.count - processes
    let parts = [(threads, "thread"), (processes, "process")].filter { $0.0 > 0 }
    return parts.map { count, noun in
      let ending = count == 1 ? "" : noun.hasSuffix("s") ? "es" : "s"
      return "\(count) \(noun)\(ending)"
    }.joined(separator: ", ")
  }
}

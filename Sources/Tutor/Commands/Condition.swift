internal import Catalog
internal import LessonKit
internal import Trace

/// When the rows of the table do something, and the sentences that say why they do not.
extension KeyTable {
  typealias Condition = @Sendable (Model) -> Binding.Availability

  static let needsRunnable: Condition = { model in
    model.selectedRequest == nil ? .no("there is nothing to run here") : needsNoStop(model)
  }

  static let needsNoStop: Condition = { model in
    model.awaited != nil || model.queued != nil || model.session?.isStopping == true
      ? .no("the run is just beginning or ending") : .now
  }

  static let needsLive: Condition = { model in
    guard let session = model.session, session.isLive else { return .no("nothing is running") }
    return session.isStopping ? .no("the run is stopping") : .now
  }

  static let needsPaused: Condition = { model in
    guard let session = model.session, session.isLive, !session.isStopping else {
      return .no("nothing is running")
    }
    return session.isPaused ? .now : .no("pause the run first")
  }

  static let needsRewound: Condition = { model in
    guard let session = model.session, !session.log.isEmpty else { return .no("nothing has run") }
    return session.isRewound ? .now : .no("this is the newest event; , goes back")
  }

  static let needsLaterEvents: Condition = { model in
    guard let session = model.session, session.isLive, !session.isRewound else {
      return needsRewound(model)
    }
    return .no("pause the run first")
  }

  static let needsEarlierEvents: Condition = { model in
    guard let session = model.session, !session.log.isEmpty else { return .no("nothing has run") }
    return session.position > 0 ? .now : .no("this is the run's beginning")
  }

  static let needsRun: Condition = { model in
    guard let session = model.session, !session.log.isEmpty else { return .no("nothing has run") }
    return .now
  }

  static let needsEnded: Condition = { model in
    guard let session = model.session, !session.log.isEmpty else { return .no("nothing has run") }
    return session.isLive ? .no("the run is not over yet") : .now
  }

  static let needsWait: Condition = { model in
    if case .no(let reason) = needsRewound(model) { return .no(reason) }
    return model.askedWait == nil ? .no("nobody waits here") : .now
  }

  /// What is live goes on by itself, and what has just run is read about.
  static let needsFilm: Condition = { model in
    guard let session = model.session, !session.log.isEmpty, !session.isLive else {
      return .no("nothing has run")
    }
    return session.isRewound || session.isRecorded ? .now : .no("go back first, with ,")
  }

  static let needsZoomable: Condition = { model in
    guard let session = model.session, !session.log.isEmpty else { return .no("nothing has run") }
    let shown = session.shownTime(at: model.now)
    return shown.to - shown.from > TimeWindow.shortest
      ? .now : .no("nothing happens in less time than that")
  }

  static let needsWindow: Condition = { model in
    model.session?.window == nil ? .no("all of the time is shown") : .now
  }

  static func needsSpeed(_ steps: Int) -> Condition {
    { model in
      let isLast: Bool
      if model.isSpeedOfFilm {
        isLast = model.filmSpeed.stepped(by: steps) == nil
      } else {
        let live = model.session.flatMap { $0.isLive ? $0.request : nil }
        guard let request = live ?? model.selectedRequest else {
          return .no("there is nothing to run here")
        }
        guard request.demo.hasDelays else {
          return .no("\(request.demo.id) has no delays that could be shorter or longer")
        }
        isLast = model.speed.stepped(by: steps) == nil
      }
      guard isLast else { return .now }
      return .no(steps > 0 ? "it is as fast as it can be" : "it is as slow as it can be")
    }
  }

  /// What was taken off the list is there to be put back only.
  static let needsShown: Condition = { model in
    model.selectedRecording?.isRemoved == true ? .no("it was removed: ^X puts it back") : .now
  }

  static let needsRecording: Condition = { model in
    model.selectedRecording == nil ? .no("no run is selected") : .now
  }

  static let needsFinding: Condition = { model in
    guard let session = model.session else { return .no("nothing has run") }
    let isSomething = !session.findings.isEmpty || session.raised > 0
    return isSomething ? .now : .no("nothing was found to be wrong in this run")
  }

  static let needsSeveral: Condition = { model in
    (model.step?.runs.count ?? 0) > 1 ? .now : .no("this step has no other run")
  }

  static let needsChoice: Condition = { model in
    switch model.layer {
    case .settings: .now
    case .parameters(let form) where form.isChoice: .now
    default: .no("this value is typed")
    }
  }

  static let needsRoom: Condition = { model in
    model.isZoomed || !model.layout.isSingle ? .now : .no("the pane has the whole screen already")
  }

  static let needsNextStep: Condition = { model in
    model.nextPlace == nil ? .no("this is the last step") : .now
  }

  static let needsPreviousStep: Condition = { model in
    model.previousPlace == nil ? .no("this is the first step") : .now
  }

  static let needsLinks: Condition = { model in
    model.links.isEmpty ? .no("this step has no link to another step") : .now
  }

  static let needsTrail: Condition = { model in
    model.trail.isEmpty ? .no("no link was followed") : .now
  }

  static let needsMatches: Condition = { model in
    guard let search = model.search else { return .no("search for something first, with /") }
    return search.hits.isEmpty ? .no("nothing was found") : .now
  }

  /// - Parameter columns: whether the border runs up and down.
  static func needsBorder(columns: Bool) -> Condition {
    { model in
      let border = columns ? model.sideBorder : model.lowerBorder
      return border == nil ? .no("there is no border here that could be moved") : .now
    }
  }
}

internal import LessonKit

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

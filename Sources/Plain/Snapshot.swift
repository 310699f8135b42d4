internal import Events
internal import History
internal import LessonKit
internal import RunViews
internal import Tutor

/// The parts of the model that plain mode compares before and after a command or a message.
struct Snapshot {
  let place: StepPlace
  let layer: Layer?
  /// The number of events.
  let count: Int
  /// The number of events up to the moment on display.
  let position: Int
  let isRewound: Bool
  let isPlaying: Bool
  let isLive: Bool
  let isPauseRequested: Bool
  let isReading: Bool
  let stillComputing: [ActorID]
  let removed: RecentRun?

  init(_ model: Model) {
    let session = model.session
    place = model.place
    layer = model.layer
    count = session?.log.count ?? 0
    position = session?.position ?? 0
    isRewound = session?.isRewound == true
    isPlaying = session?.isPlaying == true
    isLive = session?.isLive == true
    isPauseRequested = session?.isPauseRequested == true
    isReading = session?.isReading == true
    stillComputing = session?.stillComputing ?? []
    removed = model.removed
  }
}

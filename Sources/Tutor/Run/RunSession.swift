internal import Catalog
internal import Screen
internal import Trace

/// The run on the screen, live or finished, folded from its events.
struct RunSession: Sendable {
  let request: RunRequest
  private(set) var log = EventLog()
  private(set) var timeline = Timeline()
  private(set) var findings: [Finding] = []
  /// What pools of different sizes took, and what may be said of it.
  private(set) var sizing = PoolSizingSummary()
  private(set) var pools: [PoolLife] = []
  /// What the demo measured in arms that are compared.
  private(set) var arms = ArmSummary()
  private(set) var handOvers = HandOvers()
  private(set) var trail = ExceptionTrail()
  private(set) var picture = MadePicture()
  /// What the run has shown, in one sentence; nil before it has said so.
  private(set) var shown: String?
  /// What the run gave, by name, long numbers by their ends; not the rows of a picture.
  private(set) var results: [(name: String, value: String)] = []
  /// The exceptions, the first first.
  private(set) var raises: [Raise] = []
  /// How many exceptions were raised, those beyond the kept ones included.
  private(set) var raised = 0
  private var detector = FindingDetector()
  /// The event that changed something worth a look last: what is lit.
  private(set) var latest: EventRecord?
  /// Until when, on the monotonic clock, it stays lit.
  var litUntil: UInt64 = 0
  private var isStopAsked = false
  var dismissedAlerts = 0
  private var pause = Pause.none
  /// A time of the run and the monotonic clock when it was true.
  private var clock: (run: UInt64, monotonic: UInt64)

  private enum Pause: Sendable {
    case none
    /// - Parameter computing: who still computes; nil while that is not known.
    case asked(computing: [ActorID]?)
  }

  static let litDuration: UInt64 = 600_000_000
  /// More exceptions than these are counted only.
  static let keptRaises = 1024

  init(request: RunRequest, now: UInt64) {
    self.request = request
    clock = (0, now)
  }

  var state: RunState { log.state }

  /// What of the run differs from the listing beside it, `this run: lock off, consumers 2`; nil
  /// where nothing does.
  func changes(_ glyphs: Glyphs) -> StyledText? {
    let (own, listed) = (request.arguments, request.demo.defaults)
    let changed = own.names.filter { own[$0] != listed[$0] }
    guard !changed.isEmpty else { return nil }
    let told = changed.prefix(Self.mostChanges).map { "\($0) \(own[$0])" }
    let more = changed.count > Self.mostChanges ? ", " + glyphs.ellipsis : ""
    return StyledText("this run: ", .muted) + StyledText(told.joined(separator: ", ") + more)
  }

  private static let mostChanges = 3

  var isLive: Bool {
    if case .finished = log.state.phase { false } else { true }
  }

  /// It was told to stop and has not ended yet.
  var isStopping: Bool { isStopAsked && isLive }

  mutating func askStop() { isStopAsked = true }

  var isPauseAsked: Bool {
    if case .asked = pause { isLive } else { false }
  }

  /// All of the run's threads have come to rest.
  var isPaused: Bool {
    if case .asked(let computing?) = pause { isLive && computing.isEmpty } else { false }
  }

  /// Who keeps a pause from being complete.
  var stillComputing: [ActorID] {
    if case .asked(let computing?) = pause { computing } else { [] }
  }

  /// Folds what happened since the last time; `now` is on the monotonic clock.
  mutating func append(_ events: [Event], now: UInt64) {
    for event in events {
      log.append(event)
      timeline.append(event, state: log.state)
      findings += detector.observe(event, state: log.state)
      sizing.note(event)
      PoolLife.note(event, in: &pools)
      arms.note(event)
      handOvers.note(event, state: log.state)
      trail.note(event, state: log.state)
      switch event.kind {
      case .result:
        note(result: event)
        latest = event.record
      case .exceptionRaise:
        raised += 1
        if raises.count < Self.keptRaises { raises.append(Raise(event, log: log)) }
        latest = event.record
      case .runPause:
        // The run says so itself once all of it rests.
        if isPauseAsked { pause = .asked(computing: []) }
      case .sample, .loss, .measure, .unknown: continue
      default: if isPauseAsked || Self.isTelling(event) { latest = event.record }
      }
    }
    guard !events.isEmpty else { return }
    litUntil = now + Self.litDuration
    if !isPauseAsked { clock = (log.state.time, now) }
  }

  private mutating func note(result event: Event) {
    let (name, value) = (event.name ?? "", event.value ?? "")
    if name == Event.shownName {
      shown = ValueText.whole(value)
    } else if request.demo.views.contains(.picture), MadePicture.number(ofResult: name) != nil {
      picture.note(event)
    } else {
      results.append((name, ValueText.whole(value)))
    }
  }

  /// Whether an event is worth a look. What follows each change within microseconds, to let the
  /// lock go, to print and to sleep, would hide it.
  private static func isTelling(_ event: Event) -> Bool {
    switch event.kind {
    case .lockRelease, .output, .line: false
    case .waitBegin, .waitEnd: event.waitReason != .sleep
    default: true
    }
  }

  mutating func askPause(now: UInt64) {
    clock = (time(at: now), now)
    pause = .asked(computing: nil)
  }

  mutating func setComputing(_ actors: [ActorID]) {
    if isPauseAsked { pause = .asked(computing: actors) }
  }

  mutating func resume(now: UInt64) {
    clock.monotonic = now
    pause = .none
  }

  /// The run's own time: it stands still while the run pauses and after its end.
  func time(at now: UInt64) -> UInt64 {
    guard isLive, !log.isEmpty else { return log.state.time }
    guard !isPauseAsked, now > clock.monotonic else { return max(clock.run, log.state.time) }
    let (sum, overflows) = clock.run.addingReportingOverflow(now - clock.monotonic)
    return overflows ? .max : max(sum, log.state.time)
  }

  func isLit(at now: UInt64) -> Bool { now < litUntil }

  /// Whether the run ended a moment ago: a key may still be meant for it.
  func hasJustEnded(at now: UInt64) -> Bool { !isLive && now < clock.monotonic + 1_000_000_000 }
}

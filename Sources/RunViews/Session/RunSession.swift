package import Catalog
package import Events
package import History
package import Screen
package import Trace

/// The run on the screen, live, finished or recorded, and the moment of it on display.
package struct RunSession: Sendable {
  package let request: RunRequest
  /// The source of the events.
  package var source: Source
  @Boxed package private(set) var log = EventLog()
  @Boxed package private(set) var timeline = Timeline()
  /// The indices of the listed results, without the rows of a picture and the conclusion.
  private(set) var listedResults: [Int] = []
  /// The earlier moment on display, or nil for the newest event.
  package var past: PastMoment?
  /// The part of the time that the lanes show, or nil for all of it.
  package var window: TimeWindow?
  /// The selected lane.
  package var selection: LaneID?
  /// The end of the highlight of the latest change, on the monotonic clock.
  package var litUntil: UInt64 = 0
  private var isStopRequested = false
  /// The number of alerts that the user dismissed.
  package var dismissedAlerts = 0
  private var pause = Pause.none
  /// What the actors of the paused run do next, or nil while that is unknown.
  package var next: NextOperations?
  /// A time of the run, the monotonic clock at that time, and the speed from then on.
  private var clock: (run: UInt64, monotonic: UInt64, speed: RunSpeed)

  package enum Source: Sendable {
    case live
    case recorded(Recorded)
  }

  private enum Pause: Sendable {
    case none
    /// - Parameter computing: the actors that still compute, or nil while that is unknown.
    case requested(computing: [ActorID]?)
  }

  /// The duration of a highlight, in nanoseconds.
  static let litDuration: UInt64 = 600_000_000

  package init(request: RunRequest, source: Source = .live, now: UInt64) {
    self.request = request
    self.source = source
    clock = (0, now, .normal)
  }

  /// A recorded run that is folded already, at its newest event.
  package init(_ other: OtherRun, request: RunRequest, now: UInt64) {
    self.init(
      request: request, source: .recorded(Recorded(path: other.path, isComplete: true)), now: now)
    (log, timeline) = (other.log, other.timeline)
    clock.run = log.head.state.time
    listedResults = log.results.filter { isListed(log[$0]) }
  }

  // MARK: the moment on display

  /// The result of the events up to the moment on display.
  package var fold: RunFold { past?.fold ?? log.head }
  /// The state at the moment on display.
  package var state: RunState { past?.fold.state ?? log.head.state }
  package var findings: [Finding] { past?.fold.findings ?? log.head.findings }
  package var raises: [Raise] { past?.fold.raises ?? log.head.raises }
  package var raised: Int { past?.fold.raised ?? log.head.raised }
  package var trail: ExceptionTrail { past?.fold.trail ?? log.head.trail }
  package var arms: ArmSummary { past?.fold.arms ?? log.head.arms }
  var handOvers: HandOvers { past?.fold.handOvers ?? log.head.handOvers }
  package var sizing: PoolSizingSummary { past?.fold.sizing ?? log.head.sizing }
  package var pools: [PoolLife] { past?.fold.pools ?? log.head.pools }
  package var picture: MadePicture { past?.fold.picture ?? log.head.picture }
  /// The conclusion that the run has shown, or nil.
  package var shown: Conclusion? {
    // Not with `??`: a past moment without a conclusion must not show the final one.
    if let past { past.fold.shown } else { log.head.shown }
  }

  /// The number of events up to the moment on display.
  package var position: Int { past?.position ?? log.count }

  /// The highlighted event: the current one of a past moment, or the latest notable one.
  package var latest: EventRecord? {
    if let past { return past.position > 0 ? log.record(at: past.position - 1) : nil }
    return isPauseRequested ? log.head.latest : log.head.latestNotable
  }

  /// The same run at its newest event.
  package var atHead: RunSession {
    var session = self
    session.past = nil
    return session
  }

  /// The number of results up to the moment on display.
  package var resultCount: Int { EventLog.indices(listedResults, before: position).count }

  /// Returns the latest results up to the moment on display; long numbers are abbreviated.
  /// - Parameter most: the maximum number of results.
  package func results(last most: Int = .max) -> [(name: String, value: String)] {
    EventLog.indices(listedResults, before: position).suffix(most).map { index in
      let event = log[index]
      return (event.name ?? "", ValueText.whole(event.value ?? ""))
    }
  }

  /// Returns how the run differs from its listing, `this run: lock off, consumers 2`, or nil.
  package func changes(_ glyphs: Glyphs) -> StyledText? {
    let (own, listed) = (request.arguments, request.demo.defaults)
    let changed = own.names.filter { own[$0] != listed[$0] }
    guard !changed.isEmpty else { return nil }
    let shown = changed.prefix(Self.mostChanges).map { "\($0) \(own[$0])" }
    let more = changed.count > Self.mostChanges ? ", " + glyphs.ellipsis : ""
    return StyledText("this run: ", .muted) + StyledText(shown.joined(separator: ", ") + more)
  }

  private static let mostChanges = 3

  // MARK: the run itself

  package var isRecorded: Bool {
    if case .recorded = source { true } else { false }
  }

  /// Whether its threads and processes exist, and can be paused and stopped.
  package var isLive: Bool { !isRecorded && !Self.isOver(log.head.state) }

  /// Whether the run is not over at the moment on display.
  package var isUnderWay: Bool { !Self.isOver(state) }

  private static func isOver(_ state: RunState) -> Bool {
    if case .finished = state.phase { true } else { false }
  }

  /// Whether a stop was requested and the run has not ended yet.
  package var isStopping: Bool { isStopRequested && isLive }

  package mutating func requestStop() { isStopRequested = true }

  package var isPauseRequested: Bool {
    if case .requested = pause { isLive } else { false }
  }

  /// Whether all threads of the run are paused.
  package var isPaused: Bool {
    if case .requested(let computing?) = pause { isLive && computing.isEmpty } else { false }
  }

  /// The actors that still compute during a requested pause.
  package var stillComputing: [ActorID] {
    if case .requested(let computing?) = pause { computing } else { [] }
  }

  /// Appends new events.
  /// - Parameter now: the monotonic clock, in nanoseconds.
  package mutating func append(_ events: some Sequence<Event>, now: UInt64) {
    let before = log.count
    for event in events {
      log.append(event)
      timeline.append(event, state: log.head.state)
      switch event.kind {
      case .result: if isListed(event) { listedResults.append(log.count - 1) }
      case .runPause:
        // The run reports the pause when all of its threads are paused.
        if isPauseRequested { pause = .requested(computing: []) }
      default: continue
      }
    }
    guard log.count > before else { return }
    if !isLive { next = nil }
    litUntil = now + Self.litDuration
    clock = (log.head.state.time, now, log.head.state.speed)
    if past != nil { adoptLatestNames() }
  }

  /// Whether a result is in the list of results.
  private func isListed(_ result: Event) -> Bool {
    let name = result.name ?? ""
    let isRow =
      request.demo.views.contains(.picture) && MadePicture.number(ofResult: name) != nil
    return name != Event.shownName && !isRow
  }

  package mutating func requestPause(now: UInt64) {
    clock = (headTime(at: now), now, clock.speed)
    pause = .requested(computing: nil)
  }

  package mutating func setComputing(_ actors: [ActorID]) {
    if isPauseRequested { pause = .requested(computing: actors) }
  }

  package mutating func resume(now: UInt64) {
    clock.monotonic = now
    pause = .none
    next = nil
  }

  /// Returns the time on display, in nanoseconds of the run.
  package func time(at now: UInt64) -> UInt64 {
    guard let past else { return headTime(at: now) }
    return past.time(at: now)
  }

  /// Returns the newest time of the run; it does not advance in a pause or after the end.
  func headTime(at now: UInt64) -> UInt64 {
    let last = log.head.state.time
    guard isLive, !log.isEmpty else { return last }
    guard !isPauseRequested, now > clock.monotonic else { return max(clock.run, last) }
    let (sum, overflows) = clock.run.addingReportingOverflow(
      clock.speed.runTime(of: now - clock.monotonic))
    return overflows ? .max : max(sum, last)
  }

  /// Whether the latest change is highlighted: for a moment, and while time does not advance.
  package func isLit(at now: UInt64) -> Bool { past != nil || isPaused || now < litUntil }

  /// Returns the end of the current highlight, on the monotonic clock, or nil.
  package func highlightEnd(after now: UInt64) -> UInt64? {
    past == nil && !isPaused && now < litUntil ? litUntil : nil
  }

  /// Whether the run ended less than a second ago: a key may still be meant for it.
  package func hasJustEnded(at now: UInt64) -> Bool {
    !isRecorded && !isLive && now < clock.monotonic + 1_000_000_000
  }
}

extension RunSpeed {
  /// Converts machine time to run time, both in nanoseconds.
  func runTime(of machineTime: UInt64) -> UInt64 {
    let (product, overflows) = machineTime.multipliedReportingOverflow(by: quarters)
    return overflows ? .max : product / 4
  }
}

package import Catalog
package import Events
package import History
package import Screen
package import Trace

/// The run on the screen, live, finished or recorded, and where in it the learner looks.
package struct RunSession: Sendable {
  package let request: RunRequest
  /// Where its events come from.
  package var source: Source
  @Boxed package private(set) var log = EventLog()
  @Boxed package private(set) var timeline = Timeline()
  /// The indices of the results that are listed: not the rows of a picture, nor what was shown.
  private(set) var listedResults: [Int] = []
  /// Where the learner looks, when not at the newest event.
  package var past: PastMoment?
  /// The part of the time that the lanes show; nil for all of it.
  package var window: TimeWindow?
  /// The lane that was chosen.
  package var selection: LaneID?
  /// Until when, on the monotonic clock, what changed last stays lit.
  package var litUntil: UInt64 = 0
  private var isStopAsked = false
  package var dismissedAlerts = 0
  private var pause = Pause.none
  /// A time of the run, the monotonic clock when it was true, and how fast it goes on.
  private var clock: (run: UInt64, monotonic: UInt64, speed: RunSpeed)

  package enum Source: Sendable {
    case live
    case recorded(Recorded)
  }

  private enum Pause: Sendable {
    case none
    /// - Parameter computing: who still computes; nil while that is not known.
    case asked(computing: [ActorID]?)
  }

  static let litDuration: UInt64 = 600_000_000

  package init(request: RunRequest, source: Source = .live, now: UInt64) {
    self.request = request
    self.source = source
    clock = (0, now, .normal)
  }

  /// A recorded run that was folded elsewhere, at its end.
  package init(_ other: OtherRun, request: RunRequest, now: UInt64) {
    self.init(
      request: request, source: .recorded(Recorded(path: other.path, isWhole: true)), now: now)
    (log, timeline) = (other.log, other.timeline)
    clock.run = log.head.state.time
    listedResults = log.results.filter { isListed(log[$0]) }
  }

  // MARK: what is shown

  /// What follows from the events up to where the learner looks.
  package var fold: RunFold { past?.fold ?? log.head }
  /// What is true where the learner looks.
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
  // Not by `??`: what was not shown yet is nothing, and not what is shown in the end.
  package var shown: String? { if let past { past.fold.shown } else { log.head.shown } }

  /// How many events have happened where the learner looks.
  package var position: Int { past?.position ?? log.count }

  /// The event that is lit: the one that the learner looks at, or the last worth a look.
  package var latest: EventRecord? {
    if let past { return past.position > 0 ? log.record(at: past.position - 1) : nil }
    return isPauseAsked ? log.head.latest : log.head.latestNotable
  }

  /// The same run at its newest event.
  package var atHead: RunSession {
    var session = self
    session.past = nil
    return session
  }

  /// How many results the run had given.
  package var resultCount: Int { EventLog.indices(listedResults, before: position).count }

  /// What the run had given, by name, long numbers by their ends.
  /// - Parameter most: how many of the last ones.
  package func results(last most: Int = .max) -> [(name: String, value: String)] {
    EventLog.indices(listedResults, before: position).suffix(most).map { index in
      let event = log[index]
      return (event.name ?? "", ValueText.whole(event.value ?? ""))
    }
  }

  /// What of the run differs from the listing beside it, `this run: lock off, consumers 2`; nil
  /// where nothing does.
  package func changes(_ glyphs: Glyphs) -> StyledText? {
    let (own, listed) = (request.arguments, request.demo.defaults)
    let changed = own.names.filter { own[$0] != listed[$0] }
    guard !changed.isEmpty else { return nil }
    let told = changed.prefix(Self.mostChanges).map { "\($0) \(own[$0])" }
    let more = changed.count > Self.mostChanges ? ", " + glyphs.ellipsis : ""
    return StyledText("this run: ", .muted) + StyledText(told.joined(separator: ", ") + more)
  }

  private static let mostChanges = 3

  // MARK: the run itself

  package var isRecorded: Bool {
    if case .recorded = source { true } else { false }
  }

  /// Its threads and processes are there, and can be paused and stopped.
  package var isLive: Bool { !isRecorded && !Self.isOver(log.head.state) }

  /// Where the learner looks the run is not over.
  package var isUnderWay: Bool { !Self.isOver(state) }

  private static func isOver(_ state: RunState) -> Bool {
    if case .finished = state.phase { true } else { false }
  }

  /// It was told to stop and has not ended yet.
  package var isStopping: Bool { isStopAsked && isLive }

  package mutating func askStop() { isStopAsked = true }

  package var isPauseAsked: Bool {
    if case .asked = pause { isLive } else { false }
  }

  /// All of the run's threads have come to rest.
  package var isPaused: Bool {
    if case .asked(let computing?) = pause { isLive && computing.isEmpty } else { false }
  }

  /// Who keeps a pause from being complete.
  package var stillComputing: [ActorID] {
    if case .asked(let computing?) = pause { computing } else { [] }
  }

  /// Folds what happened since the last time; `now` is on the monotonic clock.
  package mutating func append(_ events: some Sequence<Event>, now: UInt64) {
    let before = log.count
    for event in events {
      log.append(event)
      timeline.append(event, state: log.head.state)
      switch event.kind {
      case .result: if isListed(event) { listedResults.append(log.count - 1) }
      case .runPause:
        // The run says so itself once all of it rests.
        if isPauseAsked { pause = .asked(computing: []) }
      default: continue
      }
    }
    guard log.count > before else { return }
    litUntil = now + Self.litDuration
    clock = (log.head.state.time, now, log.head.state.speed)
    if past != nil { nameThePast() }
  }

  /// Whether a result is listed as such.
  private func isListed(_ result: Event) -> Bool {
    let name = result.name ?? ""
    let isRow =
      request.demo.views.contains(.picture) && MadePicture.number(ofResult: name) != nil
    return name != Event.shownName && !isRow
  }

  package mutating func askPause(now: UInt64) {
    clock = (headTime(at: now), now, clock.speed)
    pause = .asked(computing: nil)
  }

  package mutating func setComputing(_ actors: [ActorID]) {
    if isPauseAsked { pause = .asked(computing: actors) }
  }

  package mutating func resume(now: UInt64) {
    clock.monotonic = now
    pause = .none
  }

  /// The time that the panes show: of where the learner looks.
  package func time(at now: UInt64) -> UInt64 {
    guard let past else { return headTime(at: now) }
    return past.time(at: now)
  }

  /// The run's own time: it stands still while the run pauses and after its end.
  func headTime(at now: UInt64) -> UInt64 {
    let last = log.head.state.time
    guard isLive, !log.isEmpty else { return last }
    guard !isPauseAsked, now > clock.monotonic else { return max(clock.run, last) }
    let (sum, overflows) = clock.run.addingReportingOverflow(
      clock.speed.runTime(of: now - clock.monotonic))
    return overflows ? .max : max(sum, last)
  }

  /// Whether what changed last is to stand out: for a moment, and for as long as time stands.
  package func isLit(at now: UInt64) -> Bool { past != nil || isPaused || now < litUntil }

  /// When what is lit goes out by itself, on the monotonic clock.
  package func calm(after now: UInt64) -> UInt64? {
    past == nil && !isPaused && now < litUntil ? litUntil : nil
  }

  /// Whether the run ended a moment ago: a key may still be meant for it.
  package func hasJustEnded(at now: UInt64) -> Bool {
    !isRecorded && !isLive && now < clock.monotonic + 1_000_000_000
  }
}

extension RunSpeed {
  /// How much time of the run goes by in some of the machine's, in nanoseconds.
  func runTime(of machineTime: UInt64) -> UInt64 {
    let (product, overflows) = machineTime.multipliedReportingOverflow(by: quarters)
    return overflows ? .max : product / 4
  }
}

public import Events

/// Everything that follows from the first events of a run: its state, findings and measures. The
/// panes show it, for a live, a rewound and a replayed run.
///
/// A pure fold of bounded size, so that a copy is a cheap checkpoint. Data that grows with the run
/// is in the log.
public struct RunFold: Sendable {
  /// The findings in the order in which they became certain, at most `maxFindings`.
  public private(set) var findings: [Finding] = []
  /// The summary of pool sizes.
  public private(set) var sizing = PoolSizingSummary()
  /// The pools of processes, in the order of creation.
  public private(set) var pools: [PoolLife] = []
  /// The tasks of a thread pool.
  private var tasks = TaskOrder()
  /// The measures of compared arms.
  public private(set) var arms = ArmSummary()
  /// The statistics of locks, semaphores and conditions.
  public private(set) var handOvers = HandOvers()
  /// The paths of exceptions.
  public private(set) var trail = ExceptionTrail()
  /// The picture in the results named `row 1`, `row 2` ….
  public private(set) var picture = MadePicture()
  /// The run's conclusion, or nil.
  public private(set) var shown: Conclusion?
  /// The raised exceptions in order, at most `maxRaises`.
  public private(set) var raises: [Raise] = []
  /// How many exceptions were raised in total.
  public private(set) var raised = 0
  /// The last event that something visible happened with, or nil.
  public private(set) var latest: EventRecord?
  /// The last notable event, or nil. Releases, output and sleeps do not count, because they follow
  /// a change within microseconds and would hide it.
  public private(set) var latestNotable: EventRecord?
  @usableFromInline var detector = FindingDetector()
  /// The last change of a list, and the number of events up to it.
  private var listChange: (record: EventRecord, at: Int)?

  /// The limits of `raises` and `findings`.
  static let maxRaises = 1024
  static let maxFindings = 256
  /// How many events ago a change of a list may be the cause of an exception.
  private static let listReach = 256

  /// Creates the fold of no events.
  public init() {}

  /// The run's state after the events.
  @inlinable public var state: RunState {
    // Without the copy that a getter makes.
    _read { yield detector.state }
  }

  /// Folds the next event.
  public mutating func apply(_ event: Event) {
    let found = detector.apply(event)
    if findings.count < Self.maxFindings { findings += found }
    let kind = event.kind
    switch kind {
    case .lockAcquire, .lockRelease, .conditionNotify, .waitBegin, .waitEnd:
      handOvers.note(event, state: detector.state)
    case .listAppend, .listRemove: listChange = (event.record, detector.state.events)
    case .measure:
      sizing.note(event)
      arms.note(event)
    case .result: applyResult(event)
    case .exceptionRaise:
      raised += 1
      trail.note(event, state: detector.state)
      if raises.count < Self.maxRaises { raises.append(Raise(event, after: recentListChange)) }
    case .exceptionCatch, .taskFail, .threadExit: trail.note(event, state: detector.state)
    case .objectName, .processSpawn, .poolClose: PoolLife.note(event, in: &pools)
    case .runStart:
      sizing.note(event)
      tasks.note(event)
    case .poolOpen, .taskSubmit, .taskStart, .taskFinish: tasks.note(event)
    case .processExit, .runFinish:
      trail.note(event, state: detector.state)
      PoolLife.note(event, in: &pools)
      sizing.note(event)
      if kind == .runFinish, event.runOutcome == .completed { shown = shown ?? tasks.conclusion }
    default: break
    }
    switch kind {
    case .sample, .loss, .measure, .unknown, .runPause, .runResume, .runStep, .runSpeed: return
    default:
      latest = event.record
      if Self.isNotable(event.record, kind) { latestNotable = event.record }
    }
  }

  private var recentListChange: EventRecord? {
    listChange.flatMap { detector.state.events - $0.at <= Self.listReach ? $0.record : nil }
  }

  private mutating func applyResult(_ event: Event) {
    let name = event.name ?? ""
    if name == Event.shownName {
      shown = Conclusion(text: event.value ?? "", rows: Self.mostRows).map { ValueText.whole($0) }
    } else if MadePicture.number(ofResult: name) != nil {
      picture.note(event)
    }
  }

  /// The most rows of a conclusion's table.
  private static let mostRows = 64

  private static func isNotable(_ record: EventRecord, _ kind: EventKind) -> Bool {
    switch kind {
    case .lockRelease, .output, .line: false
    case .waitBegin, .waitEnd:
      record[EventField.reason.slot] != WaitReason.sleep.rawValue
    default: true
    }
  }
}

extension RunFold {
  /// Gives actors that have no name yet the names that they have later, so that a rewound run shows
  /// them. O(actors).
  public mutating func adoptNames(from later: RunState) { detector.state.adoptNames(from: later) }
}

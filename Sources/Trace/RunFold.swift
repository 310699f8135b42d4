public import Events

/// Everything that follows from the first events of a run: what is true after them, and what they
/// prove, measure and leave to see. What the panes show is made from it, live, rewound and replayed.
///
/// A pure fold. What grows with the run stands in its log and is sliced there; here everything is
/// bounded, so that a copy is a cheap checkpoint.
public struct RunFold: Sendable {
  /// What the events prove, in the order in which it became certain; of many the first.
  public private(set) var findings: [Finding] = []
  /// What pools of different sizes took, and what may be said of it.
  public private(set) var sizing = PoolSizingSummary()
  /// The pools of processes, in the order of their making.
  public private(set) var pools: [PoolLife] = []
  /// What the demo measured in arms that are compared.
  public private(set) var arms = ArmSummary()
  /// Who had what how often, and who waited for it.
  public private(set) var handOvers = HandOvers()
  /// Where exceptions were raised, and what became of them.
  public private(set) var trail = ExceptionTrail()
  /// The picture that the results named `row 1`, `row 2` … make.
  public private(set) var picture = MadePicture()
  /// What the run has shown, in one sentence; nil before it has said so.
  public private(set) var shown: String?
  /// The exceptions, the first first; of many the first.
  public private(set) var raises: [Raise] = []
  /// How many exceptions were raised, those beyond the kept ones included.
  public private(set) var raised = 0
  /// The last event that a person sees happen.
  public private(set) var latest: EventRecord?
  /// The last that is worth a look: what follows each change within microseconds, to let the lock
  /// go, to print and to sleep, would hide it.
  public private(set) var latestTelling: EventRecord?
  @usableFromInline var detector = FindingDetector()
  /// The last change of a list, and how many events there were with it.
  private var listChange: (record: EventRecord, at: Int)?

  /// More are counted only.
  static let keptRaises = 1024
  static let keptFindings = 256
  /// How far back the change of a list may lie that an exception is put down to, in events.
  private static let listReach = 256

  /// What is known before a run's first event.
  public init() {}

  /// The run's state after the events.
  @inlinable public var state: RunState {
    // Lends the state, where a getter would copy it.
    _read { yield detector.state }
  }

  /// Goes on by one event.
  public mutating func apply(_ event: Event) {
    let found = detector.apply(event)
    if findings.count < Self.keptFindings { findings += found }
    let kind = event.kind
    switch kind {
    case .lockAcquire, .lockRelease, .conditionNotify, .waitBegin, .waitEnd:
      handOvers.note(event, state: detector.state)
    case .listAppend, .listRemove: listChange = (event.record, detector.state.events)
    case .measure:
      sizing.note(event)
      arms.note(event)
    case .result: note(result: event)
    case .exceptionRaise:
      raised += 1
      trail.note(event, state: detector.state)
      if raises.count < Self.keptRaises { raises.append(Raise(event, after: recentListChange)) }
    case .exceptionCatch, .taskFail, .threadExit: trail.note(event, state: detector.state)
    case .objectName, .processSpawn, .poolClose: PoolLife.note(event, in: &pools)
    case .runStart: sizing.note(event)
    case .processExit, .runFinish:
      trail.note(event, state: detector.state)
      PoolLife.note(event, in: &pools)
      sizing.note(event)
    default: break
    }
    switch kind {
    case .sample, .loss, .measure, .unknown, .runPause, .runResume, .runStep, .runSpeed: return
    default:
      latest = event.record
      if Self.isTelling(event.record, kind) { latestTelling = event.record }
    }
  }

  private var recentListChange: EventRecord? {
    listChange.flatMap { detector.state.events - $0.at <= Self.listReach ? $0.record : nil }
  }

  private mutating func note(result event: Event) {
    let name = event.name ?? ""
    if name == Event.shownName {
      shown = ValueText.whole(event.value ?? "")
    } else if MadePicture.number(ofResult: name) != nil {
      picture.note(event)
    }
  }

  private static func isTelling(_ record: EventRecord, _ kind: EventKind) -> Bool {
    switch kind {
    case .lockRelease, .output, .line: false
    case .waitBegin, .waitEnd:
      record[EventField.reason.slot] != WaitReason.sleep.rawValue
    default: true
    }
  }
}

extension RunFold {
  /// Calls actors that have not said their names yet as they are called later, for who looks back
  /// at a run. O(actors).
  public mutating func takeNames(of later: RunState) { detector.state.takeNames(of: later) }
}

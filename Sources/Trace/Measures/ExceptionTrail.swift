public import Events

/// The way of each exception of a run: where it was raised, where it was raised again, and where it
/// was caught, or that it was lost.
public struct ExceptionTrail: Sendable {
  /// A place that an exception came by.
  public struct Point: Sendable, Equatable {
    /// The thread or process it was in.
    public let actor: ActorID
    /// The line of the listing, from 1; nil where the events name none.
    public let line: Int?
    /// Nanoseconds of the run.
    public let time: UInt64
  }

  /// What became of an exception.
  public enum Fate: Sendable, Equatable {
    /// It goes up its actor's calls, or nobody has said yet what became of it.
    case open
    /// The task that raised it has failed; whoever asks for its result raises it again.
    case kept
    case caught(Point)
    /// Its actor ended with it, or the run did.
    case lost(UInt64)
    /// It was kept to the run's end, and nobody asked for it.
    case unasked
  }

  /// One exception from where it was raised on.
  public struct Entry: Sendable, Equatable {
    /// Its type, such as `ValueError`.
    public let type: String
    /// What it says about itself; empty where it says nothing.
    public let message: String
    /// Where it was raised.
    public let raised: Point
    /// Where it was raised again, in order: by who asked for the result, or by a handler; of many
    /// times the first ones and the last.
    public internal(set) var again: [Point] = []
    /// What became of it so far.
    public internal(set) var fate = Fate.open

    /// The last place where it was raised.
    var last: Point { again.last ?? raised }
    /// Whether nobody dealt with it.
    public var isLost: Bool {
      switch fate {
      case .lost, .unasked: true
      case .open, .kept, .caught: false
      }
    }
  }

  /// In the order of raising; of many the first.
  public private(set) var entries: [Entry] = []
  /// How many there were, those beyond the kept ones included.
  public private(set) var count = 0
  /// How many of the kept ones were caught.
  public var caught: Int {
    entries.count { if case .caught = $0.fate { true } else { false } }
  }
  /// How many of the kept ones were lost.
  public var lost: Int { entries.count { $0.isLost } }
  /// The entries that may still go on, which are few: their places among all.
  private var live: [Int] = []

  static let mostEntries = 1024
  static let mostAgain = 64

  /// A trail of a run in which nothing was raised yet.
  public init() {}

  /// Goes on by one event.
  /// - Parameter state: what is true after it.
  public mutating func note(_ event: Event, state: RunState) {
    switch event.kind {
    case .exceptionRaise: raise(event, state)
    case .exceptionCatch: settle(event) { .caught(Point(event)) }
    case .taskFail:
      if let place = live.last(where: { entries[$0].last.actor == event.actor }) {
        entries[place].fate = .kept
      }
    case .threadExit, .processExit:
      guard let place = live.last(where: { isOpen($0, in: event.actor) }) else { return }
      end(place, .lost(event.time))
    case .runFinish:
      let hasFailed = event.runOutcome == .failed
      for place in live {
        if entries[place].fate == .kept {
          entries[place].fate = .unasked
        } else if hasFailed, entries[place].last.actor == .main {
          entries[place].fate = .lost(event.time)
        }
      }
      live = []
    default: return
    }
  }

  private func isOpen(_ place: Int, in actor: ActorID) -> Bool {
    entries[place].fate == .open && entries[place].last.actor == actor
  }

  private mutating func end(_ place: Int, _ fate: Fate) {
    entries[place].fate = fate
    // One that was caught may have been handed on, and be raised again by somebody else.
    if case .caught = fate { return }
    live.removeAll { $0 == place }
  }

  private mutating func raise(_ event: Event, _ state: RunState) {
    if let place = live.last(where: { isSame($0, event) && isCarried($0, to: event.actor, state) })
    {
      // A loop may raise one that it does not let go of as often as it likes.
      if entries[place].again.count == Self.mostAgain { entries[place].again.removeLast() }
      entries[place].again.append(Point(event))
      entries[place].fate = .open
      return
    }
    count += 1
    guard entries.count < Self.mostEntries else { return }
    entries.append(
      Entry(type: event.type ?? "", message: event.message ?? "", raised: Point(event)))
    live.append(entries.count - 1)
    // What was caught long ago is handed on no more.
    if live.count > 256, let old = live.first { live.removeAll { $0 == old } }
  }

  private func isSame(_ place: Int, _ event: Event) -> Bool {
    entries[place].type == event.type ?? "" && entries[place].message == event.message ?? ""
  }

  /// Whether an exception that comes up with an actor can be the one that was raised before: its
  /// own that it lets go on, one that a failed task left, or one that its child handed over.
  private func isCarried(_ place: Int, to actor: ActorID, _ state: RunState) -> Bool {
    let entry = entries[place]
    guard entry.last.actor != actor else { return entry.fate == .open }
    if entry.fate == .kept { return true }
    if case .caught = entry.fate { return state[entry.last.actor]?.parent == actor }
    return false
  }

  /// The exception that is caught is the last of its actor that says the same, or else the last of
  /// its actor.
  private mutating func settle(_ event: Event, _ fate: () -> Fate) {
    let own = live.filter { entries[$0].last.actor == event.actor && entries[$0].fate == .open }
    guard let place = own.last(where: { isSame($0, event) }) ?? own.last else { return }
    end(place, fate())
  }
}

extension ExceptionTrail.Point {
  init(_ event: Event) {
    self.init(actor: event.actor, line: event.line, time: event.time)
  }
}

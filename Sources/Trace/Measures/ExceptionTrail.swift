public import Events

/// The path of each exception of a run: where it was raised and raised again, and where it was
/// caught or lost.
public struct ExceptionTrail: Sendable {
  /// A place on the path of an exception.
  public struct Point: Sendable, Equatable {
    /// The actor that it was in.
    public let actor: ActorID
    /// The line of the listing, from 1, or nil.
    public let line: Int?
    /// The time, in nanoseconds of the run.
    public let time: UInt64
  }

  /// The fate of an exception.
  public enum Fate: Sendable, Equatable {
    /// It propagates, or its fate is not known yet.
    case open
    /// Its task has failed. It is raised again where the result is requested.
    case kept
    case caught(Point)
    /// Its actor or the run ended with it, at this time.
    case lost(UInt64)
    /// The result of its failed task was never requested.
    case unasked
  }

  /// One exception and its path.
  public struct Entry: Sendable, Equatable {
    /// Its type, such as `ValueError`.
    public let type: String
    /// Its message; may be empty.
    public let message: String
    /// Where it was raised.
    public let raised: Point
    /// Where it was raised again, in order: where a result was requested, or in a handler. Of many
    /// places only the first ones and the last.
    public internal(set) var again: [Point] = []
    /// Its fate so far.
    public internal(set) var fate = Fate.open

    /// The last place where it was raised.
    var last: Point { again.last ?? raised }
    /// Whether no handler caught it.
    public var isLost: Bool {
      switch fate {
      case .lost, .unasked: true
      case .open, .kept, .caught: false
      }
    }
  }

  /// The exceptions in the order of raising, at most `maxEntries`.
  public private(set) var entries: [Entry] = []
  /// How many exceptions there were in total.
  public private(set) var count = 0
  /// How many of the entries were caught.
  public var caught: Int {
    entries.count { if case .caught = $0.fate { true } else { false } }
  }
  /// How many of the entries were lost.
  public var lost: Int { entries.count { $0.isLost } }
  /// The indices of the few entries that may still change.
  private var live: [Int] = []

  static let maxEntries = 1024
  static let maxAgain = 64

  /// Folds the next event.
  /// - Parameter state: the state after it.
  mutating func note(_ event: Event, state: RunState) {
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
    // A caught exception may be passed to another actor, which raises it again.
    if case .caught = fate { return }
    live.removeAll { $0 == place }
  }

  private mutating func raise(_ event: Event, _ state: RunState) {
    if let place = live.last(where: { isSame($0, event) && canContinue($0, to: event.actor, state) }
    ) {
      // A loop may raise an exception again any number of times.
      if entries[place].again.count == Self.maxAgain { entries[place].again.removeLast() }
      entries[place].again.append(Point(event))
      entries[place].fate = .open
      return
    }
    count += 1
    guard entries.count < Self.maxEntries else { return }
    entries.append(
      Entry(type: event.type ?? "", message: event.message ?? "", raised: Point(event)))
    live.append(entries.count - 1)
    // An exception that was caught long ago is not passed on any more.
    if live.count > 256, let old = live.first { live.removeAll { $0 == old } }
  }

  private func isSame(_ place: Int, _ event: Event) -> Bool {
    entries[place].type == event.type ?? "" && entries[place].message == event.message ?? ""
  }

  /// Whether an actor may raise an earlier exception again: its own open one, one of a failed task,
  /// or one that its child caught and passed on.
  private func canContinue(_ place: Int, to actor: ActorID, _ state: RunState) -> Bool {
    let entry = entries[place]
    guard entry.last.actor != actor else { return entry.fate == .open }
    if entry.fate == .kept { return true }
    if case .caught = entry.fate { return state[entry.last.actor]?.parent == actor }
    return false
  }

  /// Ends the caught exception: the actor's last one with the same text, else its last one.
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

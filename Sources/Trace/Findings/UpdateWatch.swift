import Events

/// Who read what from each variable and has not yet written: where two have read the same, the
/// second to write covers what the first wrote.
struct UpdateWatch: Sendable {
  private struct Read {
    let seq: UInt64
    let value: EventValue
  }

  private struct Write {
    let actor: ActorID
    let seq: UInt64
    /// What the writer had read before.
    let basis: EventValue?
    let value: EventValue
  }

  private struct Track {
    var reads: [ActorID: Read] = [:]
    var lastWrite: Write?
    var hasLost = false

    mutating func write(
      _ event: Event, _ value: EventValue, to object: ObjectID
    ) -> Finding.LostUpdate? {
      let basis = reads.removeValue(forKey: event.actor)
      let last = lastWrite
      lastWrite = Write(actor: event.actor, seq: event.seq, basis: basis?.value, value: value)
      guard let basis, let last, last.actor != event.actor, last.seq > basis.seq,
        last.basis == basis.value, last.value != basis.value
      else { return nil }
      guard !hasLost else { return nil }
      hasLost = true
      return Finding.LostUpdate(
        object: object, first: last.actor, second: event.actor, read: basis.value,
        firstWrote: last.value, secondWrote: value)
    }
  }

  private var tracks: [ObjectID: Track] = [:]

  mutating func read(_ event: Event) {
    guard let object = event.object, let value = event.soleValue else { return }
    tracks[object, default: Track()].reads[event.actor] = Read(seq: event.seq, value: value)
  }

  /// Takes in a write, and says what it covered where it is the object's first to do so.
  mutating func write(_ event: Event) -> Finding.LostUpdate? {
    guard let object = event.object, let value = event.soleValue else { return nil }
    return tracks[object, default: Track()].write(event, value, to: object)
  }
}

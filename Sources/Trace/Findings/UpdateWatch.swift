/// Who read what from each variable and has not yet written: where two have read the same, the
/// second to write covers what the first wrote.
struct UpdateWatch: Sendable {
  private struct Read {
    let actor: ActorID
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
    var reads: [Read] = []
    var lastWrite: Write?
    var lost = 0
  }

  /// By the objects' numbers, less one.
  private var tracks: [Track] = []

  func lost(of object: ObjectID) -> Int {
    object.index >= 1 && object.index <= tracks.count ? tracks[object.index - 1].lost : 0
  }

  mutating func read(_ event: Event) {
    guard let index = index(of: event), let value = event.soleValue else { return }
    let read = Read(actor: event.actor, seq: event.seq, value: value)
    if let place = tracks[index].reads.firstIndex(where: { $0.actor == event.actor }) {
      tracks[index].reads[place] = read
    } else {
      tracks[index].reads.append(read)
    }
  }

  /// Takes in a write, and says what it covered where it is the object's first to do so.
  mutating func write(_ event: Event) -> Finding.LostUpdate? {
    guard let index = index(of: event), let value = event.soleValue else { return nil }
    var basis: Read?
    if let place = tracks[index].reads.firstIndex(where: { $0.actor == event.actor }) {
      basis = tracks[index].reads.remove(at: place)
    }
    let last = tracks[index].lastWrite
    tracks[index].lastWrite = Write(
      actor: event.actor, seq: event.seq, basis: basis?.value, value: value)
    guard let basis, let last, last.actor != event.actor, last.seq > basis.seq,
      last.basis == basis.value, last.value != basis.value
    else { return nil }
    tracks[index].lost += 1
    guard tracks[index].lost == 1 else { return nil }
    return Finding.LostUpdate(
      object: ObjectID(index + 1), first: last.actor, second: event.actor, read: basis.value,
      firstWrote: last.value, secondWrote: value)
  }

  private mutating func index(of event: Event) -> Int? {
    guard let object = event.object, object.index <= RunState.greatestID else { return nil }
    while tracks.count < object.index { tracks.append(Track()) }
    return object.index - 1
  }
}

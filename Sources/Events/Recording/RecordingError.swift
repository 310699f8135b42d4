/// Why a file is not read as a recording at all.
public enum RecordingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// It does not begin as one; the words say what was found, and read on after a colon.
  case notARecording(found: String)
  /// A later program wrote it, in this version of the format.
  case newer(format: Int)

  public var description: String {
    switch self {
    case .notARecording(let found): "not a recording: \(found)"
    case .newer(let format):
      "a recording of format \(format), and this lockstep reads formats up to "
        + "\(RecordingHeader.currentFormat): update lockstep to read it"
    }
  }
}

/// What is wrong with a line of a recording; what stands before it is as good as ever.
public enum RecordingDamage: Error, Equatable, Sendable, CustomStringConvertible {
  /// The line is no event.
  case noEvent(FlatLineError)
  /// The event's number is not greater than that of the event before.
  case outOfOrder(seq: UInt64, after: UInt64)
  /// The run is over, and yet an event follows.
  case afterTheEnd
  /// Another recording begins: several were put in one file.
  case anotherRecording
  /// The line is longer than any event can be, in bytes.
  case tooLong(limit: Int)

  public var description: String {
    switch self {
    case .noEvent(let error): "\(error)"
    case .outOfOrder(let seq, let before): "event \(seq) comes after event \(before)"
    case .afterTheEnd: "an event follows the end of the run"
    case .anotherRecording: "another recording begins here; keep each in a file of its own"
    case .tooLong(let limit): "the line is longer than \(limit >> 20) MB"
    }
  }
}

/// How a recording ends. Lines are counted from 1, the header's included.
public enum RecordingEnd: Equatable, Sendable {
  /// Its last event is the run's last.
  case whole
  /// It breaks off behind this line: the next is missing or is not whole. So ends what a program
  /// wrote that was killed.
  case cut(line: Int)
  /// It was read up to the line before this one.
  case damaged(line: Int, RecordingDamage)
}

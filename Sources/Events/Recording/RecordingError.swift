/// Why a file cannot be read as a recording.
public enum RecordingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// It does not begin like one; `found` says what it is, and follows a colon in the message.
  case notARecording(found: String)
  /// A newer program wrote it, in this version of the format.
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

/// The problem with a line of a recording. The lines before it are fine.
public enum RecordingDamage: Error, Equatable, Sendable, CustomStringConvertible {
  /// The line is not an event.
  case noEvent(EventLineError)
  /// The event's number is not greater than the last one.
  case outOfOrder(seq: UInt64, after: UInt64)
  /// An event follows the end of the run.
  case afterTheEnd
  /// Another recording begins in the same file.
  case anotherRecording
  /// The line is longer than this many bytes.
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

/// How a recording ends. Lines are counted from 1, including the header.
public enum RecordingEnd: Equatable, Sendable {
  /// It ends with the run's last event.
  case whole
  /// It breaks off after this line: the next is missing or incomplete, as when the writer was
  /// killed.
  case cut(line: Int)
  /// It could be read up to the line before this one.
  case damaged(line: Int, RecordingDamage)
}

/// What a learner may change about a demo: its name, what it means, which values it takes.
public struct Parameter: Sendable {
  /// The kind of value a parameter takes, with its bounds.
  public enum Kind: Sendable, Hashable {
    case integer(ClosedRange<Int>)
    /// Bounds in nanoseconds.
    case duration(ClosedRange<Int64>)
    case choice([String])
    /// A span whose two ends lie within the bounds.
    case span(ClosedRange<Int>)
  }

  /// The name on the command line and in lessons.
  public let name: String
  /// A few words for a form or a help page.
  public let summary: String
  /// Which values it takes, and within which bounds.
  public let kind: Kind
  /// What a run takes where the learner gives nothing; always within the bounds.
  public let defaultValue: ParameterValue

  /// - Precondition: the default is one of the values that the kind admits.
  public init(_ name: String, _ summary: String, _ kind: Kind, default value: ParameterValue) {
    precondition(kind.admits(value), "the default of \(name) must be one of its own values")
    self.name = name
    self.summary = summary
    self.kind = kind
    self.defaultValue = value
  }

  /// Reads a value as a learner types it.
  /// - Throws: `ParameterError` that names the parameter, the text and the allowed range.
  public func value(in text: String) throws(ParameterError) -> ParameterValue {
    guard let value = kind.parse(text) else {
      let reversed = kind.reversed(text)
      throw .malformed(
        parameter: name, text: text,
        wanted: reversed.map { "the first to be the smaller, as in \($0)" } ?? kind.wanted)
    }
    guard kind.admits(value) else {
      if case .choice = kind { throw .malformed(parameter: name, text: text, wanted: kind.wanted) }
      throw .outOfRange(parameter: name, text: text, range: kind.rangeText)
    }
    return value
  }
}

extension Parameter.Kind {
  /// The type's name in `list --json`.
  public var name: String {
    switch self {
    case .integer: "integer"
    case .duration: "duration"
    case .choice: "choice"
    case .span: "span"
    }
  }

  /// The allowed values as text: `1...1000`, `0ms...10s`, `on|off`.
  public var rangeText: String {
    switch self {
    case .integer(let range): "\(range.lowerBound)...\(range.upperBound)"
    case .span(let range): "\(range.lowerBound)...\(range.upperBound)"
    case .duration(let range):
      DurationText.shortest(nanoseconds: range.lowerBound) + "..."
        + DurationText.shortest(nanoseconds: range.upperBound)
    case .choice(let words): words.joined(separator: "|")
    }
  }

  var wanted: String {
    switch self {
    case .integer: "a whole number, \(rangeText)"
    case .duration: "a time with its unit (ns, us, ms or s), \(rangeText)"
    case .choice(let words): words.alternatives
    case .span: "a number or two with three dots between (1...5), within \(rangeText)"
    }
  }

  func admits(_ value: ParameterValue) -> Bool {
    switch (self, value) {
    case (.integer(let range), .integer(let count)): range.contains(count)
    case (.duration(let range), .duration(let nanoseconds)): range.contains(nanoseconds)
    case (.choice(let words), .choice(let word)): words.contains(word)
    case (.span(let bounds), .span(let span)):
      bounds.contains(span.lowerBound) && bounds.contains(span.upperBound)
    default: false
    }
  }

  func parse(_ text: String) -> ParameterValue? {
    switch self {
    case .integer: Int(text).map { .integer($0) }
    case .duration: DurationText.nanoseconds(in: text).map { .duration(nanoseconds: $0) }
    case .choice: .choice(text)
    case .span: Self.span(in: text).map { .span($0) }
    }
  }

  private static func span(in text: String) -> ClosedRange<Int>? {
    if let single = Int(text) { return single...single }
    guard let (low, high) = ends(of: text), low <= high else { return nil }
    return low...high
  }

  private static func ends(of text: String) -> (Int, Int)? {
    for separator in ["...", "…", ".."] {
      guard let ends = text.splitOnce(at: separator) else { continue }
      guard let first = Int(ends.0), let last = Int(ends.1) else { return nil }
      return (first, last)
    }
    return nil
  }

  /// The span that was probably meant where its ends stand the wrong way round.
  fileprivate func reversed(_ text: String) -> String? {
    guard case .span = self, let (first, last) = Self.ends(of: text), last < first else {
      return nil
    }
    return "\(ParameterValue.span(last...first))"
  }
}

extension StringProtocol {
  /// The text before and after the first occurrence of a separator.
  func splitOnce(at separator: String) -> (String, String)? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(separator) {
        return (String(self[..<start]), String(self[index(start, offsetBy: separator.count)...]))
      }
      start = index(after: start)
    }
    return nil
  }
}

/// A setting of a demo that a learner can change.
public struct Parameter: Sendable {
  /// The type of a parameter's values, with their bounds.
  public enum Kind: Sendable, Hashable {
    case integer(ClosedRange<Int>)
    /// Bounds in nanoseconds.
    case duration(ClosedRange<Int64>)
    case choice([String])
    /// A span within the bounds.
    case span(ClosedRange<Int>)
  }

  /// The name on the command line and in lessons.
  public let name: String
  /// A short description for forms and help pages.
  public let summary: String
  /// The allowed values.
  public let kind: Kind
  /// The value if the learner gives none.
  public let defaultValue: ParameterValue

  /// - Precondition: `kind` allows the default value.
  public init(_ name: String, _ summary: String, _ kind: Kind, default value: ParameterValue) {
    precondition(kind.allows(value), "the default of \(name) must be one of its values")
    self.name = name
    self.summary = summary
    self.kind = kind
    self.defaultValue = value
  }

  /// Reads a value that a learner has typed.
  /// - Throws: `ParameterError` with the parameter, the text and the allowed range.
  public func value(in text: String) throws(ParameterError) -> ParameterValue {
    guard let value = kind.parse(text) else {
      let reversed = kind.reversed(text)
      throw .malformed(
        parameter: name, text: text,
        wanted: reversed.map { "the smaller number first, as in \($0)" } ?? kind.wanted)
    }
    guard kind.allows(value) else {
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
    case .span: "a number or a span such as 1...5, within \(rangeText)"
    }
  }

  func allows(_ value: ParameterValue) -> Bool {
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

  /// The span with its ends exchanged, if they are in the wrong order.
  fileprivate func reversed(_ text: String) -> String? {
    guard case .span = self, let (first, last) = Self.ends(of: text), last < first else {
      return nil
    }
    return "\(ParameterValue.span(last...first))"
  }
}

extension StringProtocol {
  /// The texts before and after the first occurrence of a separator.
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

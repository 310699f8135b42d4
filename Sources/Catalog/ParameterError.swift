/// Why a run as it was asked for is refused, in words that say what to type instead.
public enum ParameterError: Error, Sendable, Equatable {
  case unknownDemo(String, suggestion: String?)
  case unknownParameter(String, demo: String, suggestion: String?, known: [String])
  case noValue(word: String, demo: String)
  case givenTwice(parameter: String)
  case malformed(parameter: String, text: String, wanted: String)
  case outOfRange(parameter: String, text: String, range: String)
  /// Values that are each allowed but not together.
  case unfit(reason: String)
  case unknownEngine(String, known: [String])
}

extension ParameterError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownDemo(let name, let suggestion):
      "no demo is called \"\(name)\"\(Self.hint(suggestion)); lockstep list names them all"
    case .unknownParameter(let name, let demo, let suggestion, let known):
      "\(demo) has no parameter \"\(name)\"\(Self.hint(suggestion)); it takes \(known.listed)"
    case .noValue(let word, let demo):
      "\"\(word)\" is not name=value; see what \(demo) takes with: lockstep list"
    case .givenTwice(let parameter):
      "\(parameter) is given twice; give it once"
    case .malformed(let parameter, let text, let wanted):
      "\(parameter)=\(text): wanted \(wanted)"
    case .outOfRange(let parameter, let text, let range):
      "\(parameter)=\(text) is out of range; allowed is \(range)"
    case .unfit(let reason):
      reason
    case .unknownEngine(let name, let known):
      "no engine is called \"\(name)\"; there is \(known.listed)"
    }
  }

  private static func hint(_ suggestion: String?) -> String {
    suggestion.map { " (did you mean \($0)?)" } ?? ""
  }
}

extension [String] {
  /// The words as an enumeration: `a, b and c`.
  public var listed: String { joined(by: "and") }

  /// The words as a choice: `a, b or c`.
  public var alternatives: String { joined(by: "or") }

  private func joined(by word: String) -> String {
    guard count > 1, let last else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " \(word) " + last
  }
}

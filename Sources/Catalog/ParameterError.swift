/// The reason why a run cannot start, with advice on what to type instead.
public enum ParameterError: Error, Sendable, Equatable {
  case unknownDemo(String, suggestion: String?)
  case unknownParameter(String, demo: String, suggestion: String?, known: [String])
  case noValue(word: String, demo: String)
  case givenTwice(parameter: String)
  case malformed(parameter: String, text: String, wanted: String)
  case outOfRange(parameter: String, text: String, range: String)
  /// Values that are allowed one by one, but contradict each other.
  case unfit(reason: String)
  case unknownEngine(String, known: [String])
}

extension ParameterError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownDemo(let name, let suggestion):
      "there is no demo \"\(name)\"\(Self.hint(suggestion)); lockstep list shows all demos"
    case .unknownParameter(let name, let demo, let suggestion, let known):
      "\(demo) has no parameter \"\(name)\"\(Self.hint(suggestion)); it has \(known.listed)"
    case .noValue(let word, let demo):
      "\"\(word)\" is not name=value; to see the parameters of \(demo), type lockstep list"
    case .givenTwice(let parameter):
      "\(parameter) is given twice"
    case .malformed(let parameter, let text, let wanted):
      "\(parameter)=\(text): wanted \(wanted)"
    case .outOfRange(let parameter, let text, let range):
      "\(parameter)=\(text) is out of range; allowed is \(range)"
    case .unfit(let reason):
      reason
    case .unknownEngine(let name, let known):
      "there is no engine \"\(name)\"; available: \(known.listed)"
    }
  }

  private static func hint(_ suggestion: String?) -> String {
    suggestion.map { " (did you mean \($0)?)" } ?? ""
  }
}

extension [String] {
  /// The words as a list: `a, b and c`.
  public var listed: String { joined(by: "and") }

  /// The words as a choice: `a, b or c`.
  public var alternatives: String { joined(by: "or") }

  private func joined(by word: String) -> String {
    guard count > 1, let last else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " \(word) " + last
  }
}

/// A value for each parameter of one demo, checked: within range, and fit for each other.
public struct Arguments: Sendable, Equatable {
  /// The parameters' names in the order in which the demo declares them.
  public let names: [String]
  private var values: [String: ParameterValue]

  init(defaultsOf demo: Demo) {
    names = demo.parameters.map(\.name)
    values = Dictionary(
      uniqueKeysWithValues: demo.parameters.map { ($0.name, $0.defaultValue) })
  }

  /// Reads `name=value` words; what is not named keeps its default.
  /// - Throws: `ParameterError` for an unknown name, a value that is malformed or out of range, a
  ///   name given twice, or values that do not go together.
  public init(words: [String], for demo: Demo) throws(ParameterError) {
    self.init(defaultsOf: demo)
    var seen: Set<String> = []
    for word in words {
      guard let (name, text) = word.splitOnce(at: "="), !name.isEmpty else {
        throw .noValue(word: word, demo: demo.id)
      }
      guard let parameter = demo.parameters.first(where: { $0.name == name }) else {
        throw .unknownParameter(
          name, demo: demo.id, suggestion: Suggestion.closest(to: name, among: names),
          known: names)
      }
      guard seen.insert(name).inserted else { throw .givenTwice(parameter: name) }
      values[name] = try parameter.value(in: text)
    }
    if let reason = demo.misfit(self) { throw .unfit(reason: reason) }
  }

  /// The value of a parameter that the demo declares.
  public subscript(name: String) -> ParameterValue {
    guard let value = values[name] else {
      preconditionFailure("the demo declares no parameter \(name)")
    }
    return value
  }

  /// The value of an integer parameter.
  public func integer(_ name: String) -> Int {
    guard case .integer(let count) = self[name] else {
      preconditionFailure("\(name) is no integer")
    }
    return count
  }

  /// The value of a duration parameter, in nanoseconds.
  public func nanoseconds(_ name: String) -> Int64 {
    guard case .duration(let nanoseconds) = self[name] else {
      preconditionFailure("\(name) is no duration")
    }
    return nanoseconds
  }

  /// The value of a choice parameter.
  public func choice(_ name: String) -> String {
    guard case .choice(let word) = self[name] else {
      preconditionFailure("\(name) is no choice")
    }
    return word
  }

  /// The value of a span parameter.
  public func span(_ name: String) -> ClosedRange<Int> {
    guard case .span(let range) = self[name] else {
      preconditionFailure("\(name) is no span")
    }
    return range
  }

  /// All arguments as the words that would give them: `items=10`, `lock=on`.
  public var words: [String] {
    names.map { "\($0)=\(self[$0])" }
  }
}

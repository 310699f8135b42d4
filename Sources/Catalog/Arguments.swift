/// A checked value for each parameter of a demo.
public struct Arguments: Sendable, Equatable {
  /// The names of the parameters, in the order of the demo.
  public let names: [String]
  private var values: [String: ParameterValue]

  init(defaultsOf demo: Demo) {
    names = demo.parameters.map(\.name)
    values = Dictionary(
      uniqueKeysWithValues: demo.parameters.map { ($0.name, $0.defaultValue) })
  }

  /// Reads `name=value` words. All other parameters keep their defaults.
  /// - Throws: `ParameterError` for an unknown name, a malformed value, a value out of range, a
  ///   repeated name, or values that contradict each other.
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
      preconditionFailure("the demo has no parameter \(name)")
    }
    return value
  }

  /// The value of an integer parameter.
  public func integer(_ name: String) -> Int {
    guard case .integer(let count) = self[name] else {
      preconditionFailure("\(name) is not an integer")
    }
    return count
  }

  /// The value of a duration parameter, in nanoseconds.
  public func nanoseconds(_ name: String) -> Int64 {
    guard case .duration(let nanoseconds) = self[name] else {
      preconditionFailure("\(name) is not a duration")
    }
    return nanoseconds
  }

  /// The value of a choice parameter.
  public func choice(_ name: String) -> String {
    guard case .choice(let word) = self[name] else {
      preconditionFailure("\(name) is not a choice")
    }
    return word
  }

  /// The value of a span parameter.
  public func span(_ name: String) -> ClosedRange<Int> {
    guard case .span(let range) = self[name] else {
      preconditionFailure("\(name) is not a span")
    }
    return range
  }

  /// All arguments as words: `items=10`, `lock=on`.
  public var words: [String] {
    names.map { "\($0)=\(self[$0])" }
  }
}

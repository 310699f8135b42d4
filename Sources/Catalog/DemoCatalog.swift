/// All demos.
public struct DemoCatalog: Sendable {
  /// The demos, in the order of the lessons.
  public let demos: [Demo]

  /// - Parameter cores: the number of cores that the program may use. Some defaults depend on it.
  public init(cores: Int) {
    demos =
      Self.lesson1(cores: cores) + Self.lesson2 + Self.lesson3 + Self.lesson4
      + Self.lesson5Threads + Self.lesson5Processes + Self.lesson6 + Self.lesson7(cores: cores)
      + Self.lesson8
  }

  /// Whether a demo prints exactly what its listing prints. A demo that is unknown does not.
  public func printsListing(_ id: String) -> Bool {
    demos.first { $0.id == id }?.printsListing ?? false
  }

  /// The demo of an id.
  /// - Throws: `ParameterError.unknownDemo`, with the most similar id.
  public func demo(_ id: String) throws(ParameterError) -> Demo {
    guard let demo = demos.first(where: { $0.id == id }) else {
      let known = demos.map(\.id)
      throw .unknownDemo(id, suggestion: Suggestion.closest(to: id, among: known))
    }
    return demo
  }
}

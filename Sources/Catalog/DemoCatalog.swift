/// Every demo there is, for a machine with a given number of cores.
public struct DemoCatalog: Sendable {
  /// The demos in the order in which they are offered.
  public let demos: [Demo]

  /// - Parameter cores: how many cores the program may use; some defaults follow it.
  public init(cores: Int) {
    demos =
      Self.lesson1(cores: cores) + Self.lesson2 + Self.lesson3 + Self.lesson4
      + Self.lesson5Threads + Self.lesson5Processes + Self.lesson6 + Self.lesson7(cores: cores)
      + Self.lesson8
  }

  /// The demo of that name.
  /// - Throws: `ParameterError.unknownDemo`, with the closest name there is.
  public func demo(_ id: String) throws(ParameterError) -> Demo {
    guard let demo = demos.first(where: { $0.id == id }) else {
      let known = demos.map(\.id)
      throw .unknownDemo(id, suggestion: Suggestion.closest(to: id, among: known))
    }
    return demo
  }
}

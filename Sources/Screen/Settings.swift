/// What a person set once and for all, in the form that `S` opens.
public struct Settings: Sendable, Equatable {
  /// The colours; nil follows the terminal.
  public var theme: Theme.Kind?
  /// Whether symbols are drawn with ASCII even where the terminal could do more.
  public var isASCII = false
  /// Whether nothing moves that need not: a live run is drawn once a second, and nothing is lit.
  public var hasReducedMotion = false
  /// Whether the mouse is taken; without it the terminal's own selection works.
  public var takesMouse = true

  /// What a person who set nothing has.
  public init() {}
}

/// Where the borders between panes were moved to, by name; what was never moved is not in it.
public struct Splits: Sendable, Equatable {
  /// Each border's place, in thousandths of the room that it divides.
  public var places: [String: Int]

  /// All borders where the screen's size puts them, but for those that are given.
  public init(places: [String: Int] = [:]) { self.places = places }
}

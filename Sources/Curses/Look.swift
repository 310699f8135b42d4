public import Screen

/// What a person wants of the look; what is nil was not said.
public struct LookChoices: Hashable, Sendable {
  /// The colours; nil follows the terminal.
  public var theme: Theme.Kind?
  /// Whether symbols are drawn with ASCII even where the terminal could do more.
  public var isASCII: Bool?
  /// Whether nothing moves that need not.
  public var hasReducedMotion: Bool?

  /// Choices, as far as they were made.
  public init(
    theme: Theme.Kind? = nil, isASCII: Bool? = nil, hasReducedMotion: Bool? = nil
  ) {
    self.theme = theme
    self.isASCII = isASCII
    self.hasReducedMotion = hasReducedMotion
  }
}

/// All that a person said about the look, now and at other times.
public struct LookWishes: Hashable, Sendable {
  /// Said on this command line, or in this session: counts more than the environment.
  public private(set) var asked: LookChoices
  /// Kept from earlier sessions: counts less than the environment.
  public private(set) var kept: LookChoices

  /// Wishes from the command line and from what was kept.
  public init(asked: LookChoices = LookChoices(), kept: LookChoices = LookChoices()) {
    self.asked = asked
    self.kept = kept
  }

  /// Takes over what a person changed in the session; what is the same is not asked for anew, so
  /// that the environment goes on to count for it.
  public mutating func change(from old: LookChoices, to new: LookChoices) {
    func take<Value: Equatable>(_ path: WritableKeyPath<LookChoices, Value?>) {
      guard old[keyPath: path] != new[keyPath: path] else { return }
      asked[keyPath: path] = new[keyPath: path]
      kept[keyPath: path] = new[keyPath: path]
    }
    take(\.theme)
    take(\.isASCII)
    take(\.hasReducedMotion)
  }

  /// What holds of the choices: those asked for, then the environment's, then those kept.
  public func settled(in environment: TerminalEnvironment) -> LookChoices {
    LookChoices(
      theme: asked.theme ?? kept.theme,
      isASCII: asked.isASCII ?? environment.asksForASCII ?? kept.isASCII,
      hasReducedMotion: asked.hasReducedMotion ?? environment.asksForReducedMotion
        ?? kept.hasReducedMotion)
  }
}

/// What a terminal can show.
public struct TerminalAbilities: Hashable, Sendable {
  /// How many colours its description has; 0 or less for none.
  public var colors: Int
  /// Whether text reaches it as UTF-8.
  public var hasUTF8: Bool

  /// Abilities as they were found, or are supposed.
  public init(colors: Int, hasUTF8: Bool) {
    self.colors = colors
    self.hasUTF8 = hasUTF8
  }
}

/// How the screen looks, and why: the one place where wishes, environment and abilities meet.
public struct Look: Hashable, Sendable {
  /// What colours text of each kind has.
  public let theme: Theme
  /// How many colours are used.
  public let colorDepth: ColorDepth
  /// Whether only ASCII is drawn.
  public let isASCII: Bool
  /// The colours and the reason for them, as half a sentence for a person.
  public let colorText: String
  /// The symbols and the reason for them, as half a sentence for a person.
  public let characterText: String

  /// Decides.
  public init(
    _ wishes: LookWishes, environment: TerminalEnvironment, abilities: TerminalAbilities
  ) {
    let (theme, themeReason) = Self.theme(wishes, environment)
    self.theme = theme
    let (depth, depthReason) = Self.depth(wishes, environment, abilities)
    colorDepth = depth
    if depth == .none {
      colorText = "none, \(depthReason)"
    } else if theme.kind == .monochrome {
      colorText = "none, \(themeReason)"
    } else {
      colorText = "\(depth.rawValue), \(depthReason); theme \(theme.kind.rawValue), \(themeReason)"
    }
    let (isASCII, characterReason) = Self.characters(wishes, environment, abilities)
    self.isASCII = isASCII
    characterText = "\(isASCII ? "ASCII" : "UTF-8"), \(characterReason)"
  }

  private static func theme(
    _ wishes: LookWishes, _ environment: TerminalEnvironment
  ) -> (Theme, reason: String) {
    let background = environment.background ?? .dark
    if let kind = wishes.asked.theme {
      return (Theme(kind: kind, background: background), "as asked for")
    }
    if let kind = wishes.kept.theme {
      return (Theme(kind: kind, background: background), "as set before")
    }
    let reason =
      environment.background == nil
      ? "because nothing tells the background" : "because COLORFGBG says so"
    return (Theme(kind: background == .light ? .light : .dark), reason)
  }

  private static func depth(
    _ wishes: LookWishes, _ environment: TerminalEnvironment, _ abilities: TerminalAbilities
  ) -> (ColorDepth, reason: String) {
    let able = ColorDepth(colors: abilities.colors)
    guard able != .none else { return (.none, "because the terminal has none") }
    switch environment.colorWish {
    // Whoever names a theme now wants to see it.
    case .refused(let reason) where wishes.asked.theme == nil: return (.none, reason)
    case .atMost(let depth, let reason) where depth < able: return (depth, reason)
    default: return (able, "as many as the terminal has")
    }
  }

  private static func characters(
    _ wishes: LookWishes, _ environment: TerminalEnvironment, _ abilities: TerminalAbilities
  ) -> (isASCII: Bool, reason: String) {
    if !abilities.hasUTF8 { return (true, "because no UTF-8 locale can be had") }
    if environment.isLimitedToASCII {
      return (true, "because terminals of type \(environment.type ?? "") lack the symbols")
    }
    if let asked = wishes.asked.isASCII { return (asked, "as asked for") }
    if let asked = environment.asksForASCII { return (asked, "because LOCKSTEP_ASCII says so") }
    if let kept = wishes.kept.isASCII, kept { return (kept, "as set before") }
    return (false, "because nothing asks for less")
  }
}

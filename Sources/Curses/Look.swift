public import Screen

/// One set of choices about the look. Nil means no choice.
public struct LookChoices: Hashable, Sendable {
  /// The theme, or nil to follow the terminal.
  public var theme: Theme.Kind?
  /// Whether to draw only ASCII, even if the terminal supports more.
  public var isASCII: Bool?
  /// Whether to avoid motion.
  public var hasReducedMotion: Bool?

  /// Makes a set of choices.
  public init(
    theme: Theme.Kind? = nil, isASCII: Bool? = nil, hasReducedMotion: Bool? = nil
  ) {
    self.theme = theme
    self.isASCII = isASCII
    self.hasReducedMotion = hasReducedMotion
  }
}

/// The user's choices about the look, from this session and from earlier ones.
public struct LookPreferences: Hashable, Sendable {
  /// Choices from the command line and this session. They override the environment.
  public private(set) var session: LookChoices
  /// Choices saved in earlier sessions. The environment overrides them.
  public private(set) var saved: LookChoices

  /// Makes preferences from session and saved choices.
  public init(session: LookChoices = LookChoices(), saved: LookChoices = LookChoices()) {
    self.session = session
    self.saved = saved
  }

  /// Applies the choices that changed. The environment still applies to all others.
  public mutating func change(from old: LookChoices, to new: LookChoices) {
    func update<Value: Equatable>(_ path: WritableKeyPath<LookChoices, Value?>) {
      guard old[keyPath: path] != new[keyPath: path] else { return }
      session[keyPath: path] = new[keyPath: path]
      saved[keyPath: path] = new[keyPath: path]
    }
    update(\.theme)
    update(\.isASCII)
    update(\.hasReducedMotion)
  }

  /// The effective choices: from the session, or else the environment, or else the saved ones.
  public func resolved(in environment: TerminalEnvironment) -> LookChoices {
    LookChoices(
      theme: session.theme ?? saved.theme,
      isASCII: session.isASCII ?? environment.asksForASCII ?? saved.isASCII,
      hasReducedMotion: session.hasReducedMotion ?? environment.asksForReducedMotion
        ?? saved.hasReducedMotion)
  }
}

/// The display capabilities of a terminal.
public struct TerminalCapabilities: Hashable, Sendable {
  /// The number of colours in its terminfo entry; 0 or less for none.
  public var colors: Int
  /// Whether it receives text as UTF-8.
  public var hasUTF8: Bool

  /// Makes a set of capabilities.
  public init(colors: Int, hasUTF8: Bool) {
    self.colors = colors
    self.hasUTF8 = hasUTF8
  }
}

/// The look of the screen and the reasons for it. Only this type combines preferences, environment
/// and capabilities.
public struct Look: Hashable, Sendable {
  /// The theme.
  public let theme: Theme
  /// The number of colours to use.
  public let colorDepth: ColorDepth
  /// Whether to draw only ASCII.
  public let isASCII: Bool
  /// The colours and the reason for them, as a phrase for the user.
  public let colorSummary: String
  /// The character set and the reason for it, as a phrase for the user.
  public let characterSummary: String

  /// Combines preferences, environment and capabilities.
  public init(
    _ preferences: LookPreferences, environment: TerminalEnvironment,
    capabilities: TerminalCapabilities
  ) {
    let (theme, themeReason) = Self.theme(preferences, environment)
    self.theme = theme
    let (depth, depthReason) = Self.depth(preferences, environment, capabilities)
    colorDepth = depth
    if depth == .none {
      colorSummary = "none, \(depthReason)"
    } else if theme.kind == .monochrome {
      colorSummary = "none, \(themeReason)"
    } else {
      colorSummary =
        "\(depth.rawValue), \(depthReason); theme \(theme.kind.rawValue), \(themeReason)"
    }
    let (isASCII, characterReason) = Self.characters(preferences, environment, capabilities)
    self.isASCII = isASCII
    characterSummary = "\(isASCII ? "ASCII" : "UTF-8"), \(characterReason)"
  }

  private static func theme(
    _ preferences: LookPreferences, _ environment: TerminalEnvironment
  ) -> (Theme, reason: String) {
    let background = environment.background ?? .dark
    if let kind = preferences.session.theme {
      return (Theme(kind: kind, background: background), "as requested")
    }
    if let kind = preferences.saved.theme {
      return (Theme(kind: kind, background: background), "as set before")
    }
    let reason =
      environment.background == nil
      ? "because the background is unknown" : "because COLORFGBG says so"
    return (Theme(kind: background == .light ? .light : .dark), reason)
  }

  private static func depth(
    _ preferences: LookPreferences, _ environment: TerminalEnvironment,
    _ capabilities: TerminalCapabilities
  ) -> (ColorDepth, reason: String) {
    let available = ColorDepth(colors: capabilities.colors)
    guard available != .none else { return (.none, "because the terminal has none") }
    switch environment.colorRequest {
    // A theme chosen in this session overrides NO_COLOR.
    case .refused(let reason) where preferences.session.theme == nil: return (.none, reason)
    case .atMost(let depth, let reason) where depth < available: return (depth, reason)
    default: return (available, "as many as the terminal has")
    }
  }

  private static func characters(
    _ preferences: LookPreferences, _ environment: TerminalEnvironment,
    _ capabilities: TerminalCapabilities
  ) -> (isASCII: Bool, reason: String) {
    if !capabilities.hasUTF8 { return (true, "because there is no UTF-8 locale") }
    if environment.isLimitedToASCII {
      return (true, "because terminals of type \(environment.type ?? "") lack the symbols")
    }
    if let session = preferences.session.isASCII { return (session, "as requested") }
    if let isASCII = environment.asksForASCII {
      return (isASCII, "because LOCKSTEP_ASCII says so")
    }
    if let saved = preferences.saved.isASCII, saved { return (saved, "as set before") }
    if environment.choosesPlainC { return (true, "because the locale is C") }
    return (false, "by default")
  }
}

/// How many colours a terminal shows.
public enum ColorDepth: Int, Hashable, Sendable, Comparable, CaseIterable {
  case none = 0
  case colors8 = 8
  case colors16 = 16
  case colors256 = 256

  /// The most that `count` colours (as terminfo gives them) allow.
  public init(colors count: Int) {
    self =
      switch count {
      case 256...: .colors256
      case 16...: .colors16
      case 8...: .colors8
      default: .none
      }
  }

  public static func < (left: ColorDepth, right: ColorDepth) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// How a cell looks: palette indices (nil for the terminal's own colour) and attributes.
public struct Appearance: Hashable, Sendable {
  /// The palette index of the characters; nil for the terminal's own colour.
  public var foreground: UInt8?
  /// The palette index behind the characters; nil for the terminal's own colour.
  public var background: UInt8?
  /// Bold, italic and the like, which work without colour too.
  public var attributes: Style.Flags

  /// Makes a look; what is left out stays as the terminal has it.
  public init(
    foreground: UInt8? = nil, background: UInt8? = nil, attributes: Style.Flags = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }
}

/// Maps what text means to how it looks.
///
/// Each text colour has a contrast of at least 4.5:1 and each border of 3:1 with the background that
/// the theme is made for (black, white, or its own), with xterm's palette. Whatever colour says, an
/// attribute, a letter or a shape says too.
public struct Theme: Hashable, Sendable {
  /// What a person chooses a theme by; the raw value is its name on the command line.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// For a background that is nearly black.
    case dark
    /// For a background that is nearly white.
    case light
    /// Strong colours on a black background of its own, whatever the terminal's is.
    case highContrast = "high-contrast"
    /// Colours that stay apart without the difference between red and green, for either background.
    case redGreenSafe = "red-green-safe"
    /// No colour at all: bold, underlined and reversed text alone.
    case monochrome = "none"
  }

  /// What lies behind the text where the theme does not say it.
  public enum Background: Hashable, Sendable {
    case dark, light
  }

  /// The set of colours.
  public let kind: Kind
  /// The background that the colours are chosen for.
  public let background: Background

  /// A theme for a background; dark, light and high contrast imply theirs.
  public init(kind: Kind, background: Background = .dark) {
    self.kind = kind
    self.background =
      switch kind {
      case .dark, .highContrast: .dark
      case .light: .light
      case .redGreenSafe, .monochrome: background
      }
  }

  /// Colours that can be read on a dark background.
  public static let dark = Theme(kind: .dark)
  /// Colours that can be read on a light background.
  public static let light = Theme(kind: .light)

  /// How text of this style looks on a terminal with that many colours.
  public func appearance(of style: Style, depth: ColorDepth) -> Appearance {
    var appearance = Appearance(attributes: Self.attributes(of: style.role).union(style.flags))
    appearance.foreground = color(of: style.role, depth: depth)
    if kind == .highContrast { appearance.background = Self.ownBlack.index(depth) }
    return appearance
  }

  /// What distinguishes a role where there is no colour.
  private static func attributes(of role: Style.Role) -> Style.Flags {
    switch role {
    case .heading, .strong, .keyword, .question, .focusBorder, .title, .key, .warning: .bold
    case .emphasis, .comment: .italic
    case .link, .notice: .underline
    case .failure: [.bold, .underline]
    case .selection: .reverse
    case .lit: [.bold, .reverse]
    case .text, .muted, .code, .string, .number, .function, .border, .success, .actor: []
    }
  }

  private func color(of role: Style.Role, depth: ColorDepth) -> UInt8? {
    if case .actor(let number) = role {
      let palette = actors(depth)
      guard !palette.isEmpty else { return nil }
      let index = number % palette.count
      return palette[index < 0 ? index + palette.count : index]
    }
    return tint(of: role).index(depth)
  }
}

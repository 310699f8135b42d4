/// The number of colours that a terminal shows.
public enum ColorDepth: Int, Hashable, Sendable, Comparable, CaseIterable {
  case none = 0
  case colors8 = 8
  case colors16 = 16
  case colors256 = 256

  /// The largest depth that `count` colours (from terminfo) allow.
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

/// The look of a cell: palette indices (nil for the terminal's own colour) and attributes.
public struct Appearance: Hashable, Sendable {
  /// The palette index of the characters; nil for the terminal's own colour.
  public var foreground: UInt8?
  /// The palette index behind the characters; nil for the terminal's own colour.
  public var background: UInt8?
  /// Bold, italic and so on, which work without colour too.
  public var attributes: Style.Flags

  /// Makes an appearance. Colours that are left out are the terminal's own.
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
/// With xterm's palette, each text colour has a contrast of at least 4.5:1 with the theme's
/// background (black, white, or its own), and each border of at least 3:1. Colour is never the only
/// signal: an attribute, a letter or a shape shows the same thing.
public struct Theme: Hashable, Sendable {
  /// The name of a theme. The raw value is used on the command line.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// For a background that is nearly black.
    case dark
    /// For a background that is nearly white.
    case light
    /// Strong colours on a black background of its own.
    case highContrast = "high-contrast"
    /// Colours that do not rely on the difference between red and green, for either background.
    case redGreenSafe = "red-green-safe"
    /// No colour: only bold, underlined and reversed text.
    case monochrome = "none"
  }

  /// The terminal's background.
  public enum Background: Hashable, Sendable {
    case dark, light
  }

  /// The set of colours.
  public let kind: Kind
  /// The background that the colours fit.
  public let background: Background

  /// Makes a theme for a background. Dark, light and high contrast imply their own.
  public init(kind: Kind, background: Background = .dark) {
    self.kind = kind
    self.background =
      switch kind {
      case .dark, .highContrast: .dark
      case .light: .light
      case .redGreenSafe, .monochrome: background
      }
  }

  /// The theme for a dark background.
  public static let dark = Theme(kind: .dark)
  /// The theme for a light background.
  public static let light = Theme(kind: .light)

  /// The appearance of a style at a colour depth.
  public func appearance(of style: Style, depth: ColorDepth) -> Appearance {
    var appearance = Appearance(attributes: Self.attributes(of: style.role).union(style.flags))
    appearance.foreground = color(of: style.role, depth: depth)
    if kind == .highContrast { appearance.background = Self.ownBlack.index(depth) }
    return appearance
  }

  /// The attributes that distinguish a role without colour.
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

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
/// Text keeps the terminal's own foreground. On black (`dark`) and on white (`light`) each text
/// colour has a contrast of at least 4.5:1 and each border of 3:1, with xterm's palette; the actors'
/// colours follow Okabe and Ito's set for colour-blind readers as far as those contrasts allow.
/// Whatever colour says, an attribute, a letter or a shape says too.
public struct Theme: Hashable, Sendable {
  /// For which background a theme is made.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case dark, light
  }

  /// The background, dark or light, that the colours are chosen for.
  public let kind: Kind

  /// The theme for a background.
  public init(kind: Kind) { self.kind = kind }

  /// Colours that can be read on a dark background.
  public static let dark = Theme(kind: .dark)
  /// Colours that can be read on a light background.
  public static let light = Theme(kind: .light)

  /// How text of this style looks on a terminal with that many colours.
  public func appearance(of style: Style, depth: ColorDepth) -> Appearance {
    var appearance = Appearance(attributes: Self.attributes(of: style.role).union(style.flags))
    guard depth != .none else { return appearance }
    appearance.foreground = Self.color(of: style.role, kind: kind, depth: depth)
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

  private static func color(of role: Style.Role, kind: Kind, depth: ColorDepth) -> UInt8? {
    if case .actor(let number) = role {
      let palette = actors(kind, depth)
      let index = number % palette.count
      return palette[index < 0 ? index + palette.count : index]
    }
    guard let row = colors(of: role) else { return nil }
    let (on256, on16, on8) = kind == .dark ? row.dark : row.light
    return switch depth {
    case .none: nil
    case .colors8: on8
    case .colors16: on16
    case .colors256: on256
    }
  }

  /// Palette indices with 256, 16 and 8 colours; nil is the terminal's own foreground.
  private typealias Row = (UInt8?, UInt8?, UInt8?)

  private static func colors(of role: Style.Role) -> (dark: Row, light: Row)? {
    switch role {
    case .muted, .comment: ((246, 8, nil), (241, nil, nil))
    case .border: ((243, 8, nil), (245, 8, nil))
    case .focusBorder, .heading, .title: ((80, 14, 6), (24, 4, 4))
    case .link, .function: ((75, 14, 6), (25, 4, 4))
    case .key: ((222, 11, 3), (94, 4, 4))
    case .code, .string: ((114, 10, 2), (22, nil, nil))
    case .keyword: ((176, 13, 6), (90, 5, 5))
    case .number: ((216, 11, 3), (130, 5, 5))
    case .question, .notice, .warning: ((221, 11, 3), (94, 5, 5))
    case .success: ((78, 10, 2), (22, nil, nil))
    case .failure: ((210, 9, 3), (124, 1, 1))
    case .lit: ((221, 11, 3), (94, 5, 5))
    case .text, .strong, .emphasis, .selection, .actor: nil
    }
  }

  /// Orange, sky blue, bluish green, yellow, vermilion, reddish purple, blue; in light, darker.
  private static func actors(_ kind: Kind, _ depth: ColorDepth) -> [UInt8] {
    switch (kind, depth) {
    case (.dark, .colors256): [214, 74, 36, 227, 202, 175, 111]
    case (.dark, .colors16): [11, 14, 10, 13, 9, 15]
    case (.dark, _): [3, 6, 2, 7]
    case (_, .colors256): [130, 25, 29, 58, 160, 126, 19]
    case (_, .colors16): [1, 4, 5, 0]
    case (_, _): [1, 4, 5, 0]
    }
  }
}

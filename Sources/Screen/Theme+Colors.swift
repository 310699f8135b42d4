/// One colour as a palette index for each colour depth; nil is the terminal's own foreground.
struct Tint {
  private let on256: UInt8?
  private let on16: UInt8?
  private let on8: UInt8?

  init(_ on256: UInt8?, _ on16: UInt8?, _ on8: UInt8?) {
    self.on256 = on256
    self.on16 = on16
    self.on8 = on8
  }

  static let terminal = Tint(nil, nil, nil)

  func index(_ depth: ColorDepth) -> UInt8? {
    switch depth {
    case .none: nil
    case .colors8: on8
    case .colors16: on16
    case .colors256: on256
    }
  }
}

/// The colours of each theme. The colours 16 to 255 are the same on every terminal. The first 16
/// vary, and the themes assume those of xterm.
extension Theme {
  /// The background of the high-contrast theme, which does not use the terminal's background.
  static let ownBlack = Tint(16, 0, 0)

  func tint(of role: Style.Role) -> Tint {
    switch (kind, background) {
    case (.dark, _): Self.onDark(role)
    case (.light, _): Self.onLight(role)
    case (.highContrast, _): Self.highContrast(role)
    case (.redGreenSafe, .dark): Self.safeOnDark(role)
    case (.redGreenSafe, .light): Self.safeOnLight(role)
    case (.monochrome, _): .terminal
    }
  }

  private static func onDark(_ role: Style.Role) -> Tint {
    switch role {
    // Bright black is too dark to read on many terminals with a custom palette.
    case .muted, .comment: Tint(247, nil, nil)
    case .border: Tint(243, 8, nil)
    case .focusBorder, .heading, .title: Tint(80, 14, 6)
    case .link, .function: Tint(75, 14, 6)
    case .key: Tint(222, 11, 3)
    case .code, .string: Tint(114, 10, 2)
    case .keyword: Tint(176, 13, 6)
    case .number: Tint(216, 11, 3)
    case .question, .notice, .warning, .lit: Tint(221, 11, 3)
    case .success: Tint(78, 10, 2)
    case .failure: Tint(210, 9, 3)
    case .text, .strong, .emphasis, .selection, .actor: .terminal
    }
  }

  private static func onLight(_ role: Style.Role) -> Tint {
    switch role {
    case .muted, .comment: Tint(241, nil, nil)
    case .border: Tint(245, 8, nil)
    case .focusBorder, .heading, .title: Tint(24, 4, 4)
    case .link, .function: Tint(25, 4, 4)
    case .key: Tint(94, 4, 4)
    case .code, .string: Tint(22, nil, nil)
    case .keyword: Tint(90, 5, 5)
    case .number: Tint(130, 5, 5)
    case .question, .notice, .warning, .lit: Tint(94, 5, 5)
    case .success: Tint(22, nil, nil)
    case .failure: Tint(124, 1, 1)
    case .text, .strong, .emphasis, .selection, .actor: .terminal
    }
  }

  private static func highContrast(_ role: Style.Role) -> Tint {
    switch role {
    case .text, .strong, .emphasis, .selection, .actor: Tint(231, 15, 7)
    case .muted, .comment, .border: Tint(250, 7, 7)
    case .focusBorder, .key, .question, .notice, .warning, .lit: Tint(226, 11, 3)
    case .heading, .title, .link, .function: Tint(51, 14, 6)
    case .code, .string, .success: Tint(120, 10, 2)
    case .keyword: Tint(213, 14, 6)
    case .number: Tint(215, 11, 3)
    case .failure: Tint(210, 15, 7)
    }
  }

  /// Uses blue, yellow and orange instead of green and red.
  private static func safeOnDark(_ role: Style.Role) -> Tint {
    switch role {
    case .success: Tint(75, 14, 6)
    case .warning: Tint(229, 11, 3)
    case .failure: Tint(208, 9, nil)
    case .code, .string: Tint(229, 11, 3)
    case .keyword: Tint(75, 14, 6)
    case .function: Tint(123, 14, 6)
    case .number: Tint(214, 11, 3)
    default: onDark(role)
    }
  }

  private static func safeOnLight(_ role: Style.Role) -> Tint {
    switch role {
    case .success: Tint(25, 4, 4)
    case .warning: Tint(16, 0, 0)
    case .failure: Tint(130, 1, 1)
    case .code, .string: Tint(94, 1, 1)
    case .keyword: Tint(25, 4, 4)
    case .number: Tint(130, 1, 1)
    default: onLight(role)
    }
  }

  /// The actors' colours in order. They repeat after the last one.
  ///
  /// In `dark` and `light` they follow Okabe and Ito's set for colour-blind readers, as far as
  /// contrast allows. In `redGreenSafe` they are the palette colours that stay farthest apart in a
  /// simulation of protanopia and deuteranopia.
  func actors(_ depth: ColorDepth) -> [UInt8] {
    switch (kind, background, depth) {
    case (.monochrome, _, _), (_, _, .none): []
    // Orange, sky blue, bluish green, yellow, vermilion, reddish purple, blue.
    case (.dark, _, .colors256): [214, 74, 36, 227, 202, 175, 111]
    case (.dark, _, .colors16): [11, 14, 10, 13, 9, 15]
    case (.dark, _, .colors8): [3, 6, 2, 7]
    // The same, darker.
    case (.light, _, .colors256): [130, 25, 29, 58, 160, 126, 19]
    case (.light, _, _): [1, 4, 5, 0]
    case (.highContrast, _, .colors256): [214, 81, 120, 226, 209, 219, 159]
    case (.highContrast, _, .colors16): [11, 14, 10, 15]
    case (.highContrast, _, .colors8): [3, 6, 2, 7]
    // Orange, sky blue, pale yellow, mauve, cyan, brown, peach.
    case (.redGreenSafe, .dark, .colors256): [214, 75, 228, 132, 51, 137, 223]
    case (.redGreenSafe, .dark, .colors16): [11, 13, 15, 9]
    case (.redGreenSafe, .dark, .colors8): [3, 6]
    // Brown, blue, purple, grey, bright blue, dark red, navy.
    case (.redGreenSafe, .light, .colors256): [130, 25, 53, 242, 21, 52, 18]
    case (.redGreenSafe, .light, _): [4, 1, 5, 0]
    }
  }
}

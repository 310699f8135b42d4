import Testing

@testable import Screen

@Suite("A theme")
struct ThemeTests {
  static let roles: [Style.Role] = [
    .text, .muted, .heading, .strong, .emphasis, .link, .code, .keyword, .string, .comment, .number,
    .function, .question, .title, .key, .notice, .success, .warning, .failure, .selection, .lit,
  ]
  static let borders: [Style.Role] = [.border, .focusBorder]
  static let actors = (0..<7).map { Style.Role.actor($0) }
  static let themes = Theme.Kind.allCases.flatMap {
    [Theme(kind: $0, background: .dark), Theme(kind: $0, background: .light)]
  }

  /// The text and background colours of a role. The terminal's own colours are assumed to be white
  /// on black, or black on white.
  private static func colors(
    _ role: Style.Role, _ theme: Theme, _ depth: ColorDepth
  ) -> (text: LinearColor, background: LinearColor) {
    let isDark = theme.background == .dark
    let appearance = theme.appearance(of: Style(role), depth: depth)
    let text = appearance.foreground.map(LinearColor.init(xterm:)) ?? (isDark ? .white : .black)
    let background =
      appearance.background.map(LinearColor.init(xterm:)) ?? (isDark ? .black : .white)
    return appearance.attributes.contains(.reverse) ? (background, text) : (text, background)
  }

  @Test("has a contrast of 4.5:1 for text and 3:1 for borders, on black and white, at each depth")
  func contrasts() {
    for theme in Self.themes {
      for depth in ColorDepth.allCases {
        for role in Self.roles + Self.actors + Self.borders {
          let appearance = theme.appearance(of: Style(role), depth: depth)
          for index in [appearance.foreground, appearance.background].compactMap({ $0 }) {
            #expect(Int(index) < depth.rawValue)
          }
          let required = Self.borders.contains(role) ? 3.0 : 4.5
          let (text, background) = Self.colors(role, theme, depth)
          let contrast = text.contrast(to: background)
          #expect(contrast >= required, "\(theme) \(depth) \(role): \(contrast)")
        }
      }
    }
  }

  @Test("with high contrast has a text contrast of 7:1 on its own background")
  func highContrast() {
    let theme = Theme(kind: .highContrast)
    for depth in ColorDepth.allCases where depth != .none {
      for role in Self.roles + Self.actors + Self.borders {
        let appearance = theme.appearance(of: Style(role), depth: depth)
        #expect(appearance.foreground != nil && appearance.background != nil)
        let (text, background) = Self.colors(role, theme, depth)
        #expect(text.contrast(to: background) >= 7, "\(depth) \(role)")
      }
    }
    // A terminal with a custom palette may change the first 16 colours.
    #expect(
      theme.appearance(of: .text, depth: .colors256) == Appearance(foreground: 231, background: 16))
  }

  @Test("that is red-green safe separates actors and outcomes for all kinds of colour vision")
  func redGreenSafe() {
    for theme in Self.themes where theme.kind == .redGreenSafe {
      for depth in ColorDepth.allCases where depth != .none {
        let colors = Set(theme.actors(depth)).map(LinearColor.init(xterm:))
        for (index, color) in colors.enumerated() {
          for other in colors[..<index] { #expect(color.leastDistance(to: other) >= 20) }
        }
        let states: [Style.Role] = [.success, .warning, .failure]
        for (index, role) in states.enumerated() {
          for other in states[..<index] {
            let (one, two) = (Self.colors(role, theme, depth), Self.colors(other, theme, depth))
            let isClear = one.text.leastDistance(to: two.text) >= 20
            #expect(isClear || depth == .colors8, "\(theme) \(depth) \(role) \(other)")
          }
        }
        let looks = states.map { theme.appearance(of: Style($0), depth: depth) }
        #expect(Set(looks.map(\.attributes)).count == 3)
      }
      #expect(Set(theme.actors(.colors256)).count == 7)
    }
  }

  @Test("is checked with a colour model that matches published values")
  func science() {
    #expect(LinearColor(xterm: 244).contrast(to: .black) > 5)
    #expect(abs(LinearColor(xterm: 231).contrast(to: .black) - 21) < 0.001)
    #expect(LinearColor(xterm: 231) == .white && LinearColor(xterm: 16) == .black)
    // A deuteranope confuses these red and green, but not blue and yellow.
    let (red, green) = (LinearColor(xterm: 160), LinearColor(xterm: 64))
    #expect(red.distance(to: green) > 80)
    #expect(red.leastDistance(to: green) < 25)
    #expect(LinearColor(xterm: 27).leastDistance(to: LinearColor(xterm: 226)) > 100)
  }

  @Test("has a name for the command line and a background")
  func names() {
    #expect(
      Theme.Kind.allCases.map(\.rawValue) == [
        "dark", "light", "high-contrast", "red-green-safe", "none",
      ])
    #expect(Theme(kind: .light, background: .dark).background == .light)
    #expect(Theme(kind: .highContrast, background: .light).background == .dark)
    #expect(Theme(kind: .redGreenSafe, background: .light).background == .light)
  }

  @Test("has a colour for every actor, and different ones for neighbours")
  func actors() {
    for theme in Self.themes where theme.kind != .monochrome {
      for depth in ColorDepth.allCases where depth != .none {
        let colors = (0..<12).map { theme.appearance(of: .actor($0), depth: depth).foreground }
        for (left, right) in zip(colors, colors.dropFirst()) { #expect(left != right) }
        #expect(theme.appearance(of: .actor(-1), depth: depth).foreground != nil)
      }
    }
    let many = (0..<7).map { Theme.dark.appearance(of: .actor($0), depth: .colors256).foreground }
    #expect(Set(many).count == 7)
  }

  @Test("distinguishes the important roles without colour")
  func monochrome() {
    let important: [Style.Role] = [
      .heading, .strong, .emphasis, .link, .question, .focusBorder, .key, .warning, .failure,
      .selection, .lit, .keyword, .comment,
    ]
    func appearance(_ style: Style) -> Appearance { Theme.dark.appearance(of: style, depth: .none) }
    for role in important { #expect(appearance(Style(role)) != appearance(.text), "\(role)") }
    #expect(appearance(.selection) != appearance(.lit))
    #expect(appearance(.border) != appearance(.focusBorder))
    for role in Self.roles {
      #expect(appearance(Style(role)).foreground == nil)
      let plain = Theme(kind: .monochrome).appearance(of: Style(role), depth: .colors256)
      #expect(plain == appearance(Style(role)))
    }
  }

  @Test("adds the flags of a style to those of its role, and keeps the terminal's text colour")
  func flags() {
    let appearance = Theme.dark.appearance(of: Style(.heading, .underline), depth: .colors256)
    #expect(appearance.attributes == [.bold, .underline])
    #expect(Theme.light.appearance(of: .text, depth: .colors256) == Appearance())
  }
}

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

  /// The colours of a role's characters and of what lies behind them. The terminal's own are taken
  /// for white on black, or black on white.
  private static func colors(
    _ role: Style.Role, _ theme: Theme, _ depth: ColorDepth
  ) -> (text: LinearColor, behind: LinearColor) {
    let isDark = theme.background == .dark
    let appearance = theme.appearance(of: Style(role), depth: depth)
    let text = appearance.foreground.map(LinearColor.init(xterm:)) ?? (isDark ? .white : .black)
    let behind = appearance.background.map(LinearColor.init(xterm:)) ?? (isDark ? .black : .white)
    return appearance.attributes.contains(.reverse) ? (behind, text) : (text, behind)
  }

  @Test("has text at 4.5:1 and borders at 3:1, on black and on white, at each depth")
  func contrasts() {
    for theme in Self.themes {
      for depth in ColorDepth.allCases {
        for role in Self.roles + Self.actors + Self.borders {
          let appearance = theme.appearance(of: Style(role), depth: depth)
          for index in [appearance.foreground, appearance.background].compactMap({ $0 }) {
            #expect(Int(index) < depth.rawValue)
          }
          let wanted = Self.borders.contains(role) ? 3.0 : 4.5
          let (text, behind) = Self.colors(role, theme, depth)
          let contrast = text.contrast(to: behind)
          #expect(contrast >= wanted, "\(theme) \(depth) \(role): \(contrast)")
        }
      }
    }
  }

  @Test("of high contrast has text at 7:1 on a background of its own")
  func highContrast() {
    let theme = Theme(kind: .highContrast)
    for depth in ColorDepth.allCases where depth != .none {
      for role in Self.roles + Self.actors + Self.borders {
        let appearance = theme.appearance(of: Style(role), depth: depth)
        #expect(appearance.foreground != nil && appearance.background != nil)
        let (text, behind) = Self.colors(role, theme, depth)
        #expect(text.contrast(to: behind) >= 7, "\(depth) \(role)")
      }
    }
    // The first sixteen may be anything on a terminal with a scheme of its own.
    #expect(
      theme.appearance(of: .text, depth: .colors256) == Appearance(foreground: 231, background: 16))
  }

  @Test("that is safe without red and green keeps actors, and good and bad, apart for all eyes")
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
            let isPlain = one.text.leastDistance(to: two.text) >= 20
            #expect(isPlain || depth == .colors8, "\(theme) \(depth) \(role) \(other)")
          }
        }
        let looks = states.map { theme.appearance(of: Style($0), depth: depth) }
        #expect(Set(looks.map(\.attributes)).count == 3)
      }
      #expect(Set(theme.actors(.colors256)).count == 7)
    }
  }

  @Test("knows the palette and the eyes: what is measured elsewhere is measured here")
  func science() {
    #expect(LinearColor(xterm: 244).contrast(to: .black) > 5)
    #expect(abs(LinearColor(xterm: 231).contrast(to: .black) - 21) < 0.001)
    #expect(LinearColor(xterm: 231) == .white && LinearColor(xterm: 16) == .black)
    // Red and green of the cube look alike to a deuteranope, blue and yellow do not.
    let (red, green) = (LinearColor(xterm: 160), LinearColor(xterm: 64))
    #expect(red.distance(to: green) > 80)
    #expect(red.leastDistance(to: green) < 25)
    #expect(LinearColor(xterm: 27).leastDistance(to: LinearColor(xterm: 226)) > 100)
  }

  @Test("has each a name that a person can type, and a background it is for")
  func names() {
    #expect(
      Theme.Kind.allCases.map(\.rawValue) == [
        "dark", "light", "high-contrast", "red-green-safe", "none",
      ])
    #expect(Theme(kind: .light, background: .dark).background == .light)
    #expect(Theme(kind: .highContrast, background: .light).background == .dark)
    #expect(Theme(kind: .redGreenSafe, background: .light).background == .light)
  }

  @Test("gives neighbouring actors different colours, and any number one")
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

  @Test("tells the important roles apart without any colour")
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

  @Test("adds a style's own flags to those of its role, and leaves text the terminal's colour")
  func flags() {
    let appearance = Theme.dark.appearance(of: Style(.heading, .underline), depth: .colors256)
    #expect(appearance.attributes == [.bold, .underline])
    #expect(Theme.light.appearance(of: .text, depth: .colors256) == Appearance())
  }
}

import Screen
import Testing

@Suite("A theme")
struct ThemeTests {
  static let roles: [Style.Role] = [
    .text, .muted, .heading, .strong, .emphasis, .link, .code, .keyword, .string, .comment, .number,
    .function, .question, .title, .key, .notice, .success, .warning, .failure, .selection, .lit,
  ]
  static let borders: [Style.Role] = [.border, .focusBorder]

  /// xterm's palette as red, green and blue from 0 to 255.
  private static func rgb(_ index: UInt8) -> [Double] {
    let basic: [[Double]] = [
      [0, 0, 0], [205, 0, 0], [0, 205, 0], [205, 205, 0], [0, 0, 238], [205, 0, 205],
      [0, 205, 205],
      [229, 229, 229], [127, 127, 127], [255, 0, 0], [0, 255, 0], [255, 255, 0], [92, 92, 255],
      [255, 0, 255], [0, 255, 255], [255, 255, 255],
    ]
    switch index {
    case 0..<16: return basic[Int(index)]
    case 232...:
      let gray = Double(8 + 10 * (Int(index) - 232))
      return [gray, gray, gray]
    default:
      let levels: [Double] = [0, 95, 135, 175, 215, 255]
      let number = Int(index) - 16
      return [levels[number / 36], levels[number / 6 % 6], levels[number % 6]]
    }
  }

  /// WCAG 2's relative luminance.
  private static func luminance(_ color: [Double]) -> Double {
    let linear = color.map { value -> Double in
      let share = value / 255
      return share <= 0.04045 ? share / 12.92 : power((share + 0.055) / 1.055)
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  /// The 2.4th power by the fifth root of the twelfth, found by Newton's method.
  private static func power(_ base: Double) -> Double {
    let twelfth = (0..<12).reduce(1.0) { product, _ in product * base }
    var root = 1.0
    for _ in 0..<200 { root -= (root - twelfth / (root * root * root * root)) / 5 }
    return root
  }

  private static func contrast(_ index: UInt8, _ theme: Theme) -> Double {
    let color = luminance(rgb(index)) + 0.05
    return theme == .dark ? color / 0.05 : 1.05 / color
  }

  @Test("has text at 4.5:1 and borders at 3:1, on black and on white, at each depth")
  func contrasts() {
    for theme in [Theme.dark, .light] {
      for depth in ColorDepth.allCases {
        for role in Self.roles + (0..<7).map({ .actor($0) }) + Self.borders {
          guard let color = theme.appearance(of: Style(role), depth: depth).foreground else {
            continue
          }
          #expect(Int(color) < depth.rawValue)
          let wanted = Self.borders.contains(role) ? 3.0 : 4.5
          let contrast = Self.contrast(color, theme)
          #expect(contrast >= wanted, "\(theme.kind) \(depth) \(role): \(color) has \(contrast)")
        }
      }
    }
  }

  @Test("gives neighbouring actors different colours, and any number one")
  func actors() {
    for theme in [Theme.dark, .light] {
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
    for role in Self.roles { #expect(appearance(Style(role)).foreground == nil) }
  }

  @Test("adds a style's own flags to those of its role, and leaves text the terminal's colour")
  func flags() {
    let appearance = Theme.dark.appearance(of: Style(.heading, .underline), depth: .colors256)
    #expect(appearance.attributes == [.bold, .underline])
    #expect(Theme.light.appearance(of: .text, depth: .colors256) == Appearance())
  }
}

internal import CNcurses
internal import Screen

/// Maps colours to ncurses colour pairs. Each pair is made on first use.
struct Palette {
  private struct Colors: Hashable {
    var foreground: UInt8?
    var background: UInt8?
  }

  private let depth: ColorDepth
  private let limit: Int
  private var pairs: [Colors: Int32] = [:]

  /// - Parameter limit: The number of pairs that the terminal has. Only the first 256 are used.
  init(depth: ColorDepth, limit: Int) {
    self.depth = depth
    self.limit = min(limit, 256)
  }

  /// The pair for an appearance, or 0 (the terminal's own colours) if no pair is left.
  mutating func pair(for appearance: Appearance) -> Int32 {
    let colors = Colors(foreground: appearance.foreground, background: appearance.background)
    guard depth != .none, colors.foreground != nil || colors.background != nil else { return 0 }
    if let pair = pairs[colors] { return pair }
    let next = Int32(pairs.count + 1)
    guard next < limit else { return 0 }
    let foreground = colors.foreground.map { Int32($0) } ?? -1
    let background = colors.background.map { Int32($0) } ?? -1
    guard init_extended_pair(next, foreground, background) == OK else { return 0 }
    pairs[colors] = next
    return next
  }

  static func attributes(_ flags: Style.Flags) -> attr_t {
    var attributes: attr_t = 0
    if flags.contains(.bold) { attributes |= lks_bold() }
    if flags.contains(.italic) { attributes |= lks_italic() }
    if flags.contains(.underline) { attributes |= lks_underline() }
    if flags.contains(.reverse) { attributes |= lks_reverse() }
    return attributes
  }
}

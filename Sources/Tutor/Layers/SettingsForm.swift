package import Screen

/// The layer for colours, symbols, motion and mouse. A choice takes effect immediately.
package struct SettingsForm: Sendable {
  /// One line of the form.
  package enum Field: Sendable, CaseIterable {
    case theme, symbols, motion, mouse

    package var label: String {
      switch self {
      case .theme: "colours"
      case .symbols: "symbols"
      case .motion: "motion"
      case .mouse: "mouse"
      }
    }

    /// An explanation, a sentence without a full stop.
    package var summary: String {
      switch self {
      case .theme: "for the terminal's background, for more contrast, or no colours"
      case .symbols: "lines and signs that the terminal supports, or only ASCII"
      case .motion: "reduced: a live run is drawn once a second, without highlights"
      case .mouse: "off: the terminal selects and pastes as in other programs"
      }
    }

    /// The choices, the default first.
    package var choices: [String] {
      switch self {
      case .theme: ["as the terminal"] + Theme.Kind.allCases.map(\.rawValue)
      case .symbols: ["as the terminal", "ASCII"]
      case .motion: ["full", "reduced"]
      case .mouse: ["on", "off"]
      }
    }

    package func value(in settings: Settings) -> Int {
      switch self {
      case .theme:
        settings.theme.flatMap { Theme.Kind.allCases.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
      case .symbols: settings.isASCII ? 1 : 0
      case .motion: settings.hasReducedMotion ? 1 : 0
      case .mouse: settings.takesMouse ? 0 : 1
      }
    }

    package func set(_ value: Int, in settings: inout Settings) {
      switch self {
      case .theme: settings.theme = value == 0 ? nil : Theme.Kind.allCases[value - 1]
      case .symbols: settings.isASCII = value == 1
      case .motion: settings.hasReducedMotion = value == 1
      case .mouse: settings.takesMouse = value == 0
      }
    }
  }

  package private(set) var selection = 0

  package var selected: Field { Field.allCases[selection] }

  mutating func move(by rows: Int) {
    selection = min(max(0, selection + rows), Field.allCases.count - 1)
  }

  package mutating func select(row: Int) {
    if Field.allCases.indices.contains(row) { selection = row }
  }

  /// The settings with the next (1) or previous (-1) choice of the selected field.
  func choosing(by steps: Int, in settings: Settings) -> Settings {
    let count = selected.choices.count
    var changed = settings
    selected.set(((selected.value(in: settings) + steps) % count + count) % count, in: &changed)
    return changed
  }

  package static let rows = Field.allCases.count + 3

  func draw(_ settings: Settings, into frame: inout Frame, in rect: Rect) {
    let labels = Field.allCases.map(\.label.count).max() ?? 0
    let width = Field.allCases.flatMap(\.choices).map(\.count).max() ?? 0
    for (line, field) in Field.allCases.enumerated() {
      let isSelected = line == selection
      let word = field.choices[field.value(in: settings)]
      let ends = frame.glyphs.isASCII ? ("< ", " >") : ("‹ ", " ›")
      let row = FormField(
        label: field.label, value: isSelected ? ends.0 + word + ends.1 : word,
        cursor: isSelected ? 0 : nil)
      row.draw(into: &frame, in: rect.row(line), labelWidth: labels, valueWidth: width + 4)
    }
    let foot = StyledText(selected.summary, .muted).wrapped(to: rect.width)
    for (line, text) in foot.enumerated() {
      let row = rect.row(Field.allCases.count + 1 + line)
      frame.put(text, at: row.origin, in: row)
    }
  }
}

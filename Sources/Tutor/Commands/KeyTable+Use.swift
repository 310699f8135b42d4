package import Screen

extension Model {
  /// The part of the screen that receives keys now.
  var scope: Binding.Scope {
    switch layer {
    case nil: search?.isTyping == true ? .search : .panes
    case .lessons: .lessons
    case .parameters: .parameters
    case .help: .help
    case .finding: .finding
    case .palette: .palette
    case .contents: .contents
    case .settings: .settings
    case .recordings: .recordings
    case .save: .save
    case .comparison: .comparison
    }
  }

  /// The footer's text for what Esc closes now, or nil if there is nothing to close.
  var closable: String? {
    if layer != nil { return "close" }
    if search != nil { return "end search" }
    if isZoomed { return "unzoom" }
    if notice != nil || !alertLines(columns: size.columns).isEmpty { return "dismiss" }
    return nil
  }
}

extension KeyTable {
  /// The effect of a key in the current state.
  package enum Answer {
    case command(Command)
    /// The key has a command, but it is not available now.
    case unavailable(Remark)
    case none
  }

  package static func answer(to key: Key, _ model: Model) -> Answer {
    var reason: Remark?
    for binding in bindings where binding.keys.contains(key) && binding.applies(to: model) {
      switch binding.availability(model) {
      case .now: return .command(binding.command)
      case .no(let why): reason = reason ?? why
      }
    }
    return reason.map { .unavailable($0) } ?? .none
  }

  /// The footer's hints: the available commands, the most useful first.
  static func hints(_ model: Model) -> [(hint: KeyHints.Hint, command: Command)] {
    bindings.compactMap { binding in
      guard let hint = binding.hint, binding.applies(to: model),
        binding.availability(model) == .now
      else { return nil }
      // In the panes, arrow keys need no hint.
      if model.scope == .panes, case .move = binding.command { return nil }
      let keys = binding.hintKeys.map { $0.label(model.glyphs) }.joined(separator: " ")
      return (KeyHints.Hint(keys, hint(model)), binding.command)
    }
  }

  /// The keys by section as rows of Markdown, for Docs/KEYS.md.
  public static var markdownRows: [String] {
    Binding.Section.allCases.flatMap { section in
      bindings.filter { $0.section == section }.map { binding in
        let keys = binding.keys.map { "`\($0.label())`" }.joined(separator: " ")
        return "| \(section.rawValue) | \(keys) | \(binding.doc) |"
      }
    }
  }

  /// The help: a heading for each section, and a row for each binding.
  static func helpRows(_ glyphs: Glyphs, width: Int) -> [StyledText] {
    let keyColumns = bindings.map { TextWidth.columns(of: $0.keyText(glyphs)) }.max() ?? 0
    var rows: [StyledText] = []
    for section in Binding.Section.allCases {
      if !rows.isEmpty { rows.append(StyledText()) }
      rows.append(StyledText(section.rawValue, .heading))
      for binding in bindings where binding.section == section {
        var row = StyledText("  ")
        row += StyledText(binding.keyText(glyphs), .key).padded(to: keyColumns, glyphs: glyphs)
        row.append("  " + binding.doc)
        rows += row.wrapped(to: width, hangingIndent: keyColumns + 4)
      }
    }
    return rows
  }
}

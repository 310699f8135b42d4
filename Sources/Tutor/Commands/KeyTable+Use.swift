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

  /// A row of the help: keys that do the same, and all that they do.
  struct HelpRow: Sendable, Equatable {
    let section: Binding.Section
    var keys: [Key]
    let docs: [String]

    func keyText(_ glyphs: Glyphs) -> String {
      keys.map { $0.label(glyphs) }.joined(separator: " ")
    }
  }

  /// The rows of the help. In the panes each key is in one row, with all that it does there; so it
  /// is in each layer.
  static let help: [HelpRow] = {
    var rows: [HelpRow] = []
    let sections = Binding.Section.allCases
    let ordered = sections.flatMap { section in bindings.filter { $0.section == section } }
    let inPanes = ordered.filter { $0.scopes.contains(.panes) }
    let inLayers = sections.map { section in
      ordered.filter { $0.section == section && !$0.scopes.contains(.panes) }
    }
    for bindings in [inPanes] + inLayers {
      let first = rows.count
      var known: Set<Key> = []
      for binding in bindings {
        for key in binding.keys where known.insert(key).inserted {
          var docs: [String] = []
          for other in bindings where other.keys.contains(key) && !docs.contains(other.doc) {
            docs.append(other.doc)
          }
          // Keys of one row do the same.
          if let same = rows[first...].firstIndex(where: { $0.docs == docs }) {
            rows[same].keys.append(key)
          } else {
            rows.append(HelpRow(section: binding.section, keys: [key], docs: docs))
          }
        }
      }
    }
    return sections.flatMap { section in rows.filter { $0.section == section } }
  }()

  /// The help: a heading for each section, and its rows.
  static func helpRows(_ glyphs: Glyphs, width: Int) -> [StyledText] {
    let keyColumns = help.map { TextWidth.columns(of: $0.keyText(glyphs)) }.max() ?? 0
    var rows: [StyledText] = []
    var section: Binding.Section?
    for entry in help {
      if entry.section != section {
        if !rows.isEmpty { rows.append(StyledText()) }
        rows.append(StyledText(entry.section.rawValue, .heading))
        section = entry.section
      }
      var row = StyledText("  ")
      row += StyledText(entry.keyText(glyphs), .key).padded(to: keyColumns, glyphs: glyphs)
      row.append("  " + entry.docs.joined(separator: "; "))
      rows += row.wrapped(to: width, hangingIndent: keyColumns + 4)
    }
    return rows
  }
}

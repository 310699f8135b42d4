public import Screen

/// One row of the key table: keys, their command, and where and when they apply.
public struct Binding: Sendable {
  /// The sections of the help, in order: first the keys for every pane, then those of one pane or
  /// layer.
  public enum Section: String, Sendable, CaseIterable {
    case run = "Run"
    case time = "Move through a run"
    case recordings = "Recordings"
    case lesson = "Lessons"
    case find = "Find and copy"
    case panes = "Panes and borders"
    case movement = "Move"
    case program = "Program"
    case lessonPane = "In the lesson"
    case livePanes = "In the code, the timeline and the events"
    case list = "In the list of lessons"
    case picker = "In the palette, the contents and the recent runs"
    case search = "While you type a search"
    case finding = "In a finding"
    case save = "While you name a recording"
    case help = "In the help"
    case form = "In the parameters and the settings"
  }

  /// The parts of the screen that can receive keys.
  public enum Scope: Sendable, Hashable, CaseIterable {
    case panes, lessons, parameters, help, finding, palette, contents, settings, search, recordings,
      save, comparison
  }

  /// The keys, which all do the same. The first is the one to show.
  public let keys: [Key]
  /// The command that the keys give.
  package let command: Command
  /// The section of the help that lists the row.
  public let section: Section
  /// The scopes in which the row applies.
  public let scopes: Set<Scope>
  /// The panes in which the row applies while no layer is open. Empty for every pane.
  public let panes: Set<PaneID>
  /// A one-line description.
  public let doc: String
  /// The text of the hint in the footer for the current model, or nil for no hint.
  package let hint: (@Sendable (Model) -> String)?
  /// The keys that the footer shows; by default the first one.
  let hintKeys: [Key]
  /// A condition in addition to the command's own.
  private let condition: Condition

  init(
    _ keys: [Key], _ command: Command, _ section: Section, in scopes: Set<Scope> = [.panes],
    panes: Set<PaneID> = [], _ doc: String? = nil, hint: (@Sendable (Model) -> String)? = nil,
    hintKeys: [Key]? = nil,
    when condition: Condition = .always
  ) {
    self.keys = keys
    self.command = command
    self.section = section
    self.scopes = scopes
    self.panes = panes
    self.doc = doc ?? command.row.doc
    self.hint = hint
    self.hintKeys = hintKeys ?? Array(keys.prefix(1))
    self.condition = condition
  }

  /// Whether the keys do something now, or the reason why not.
  package func availability(_ model: Model) -> Availability {
    let own = condition(model)
    return own == .now ? command.availability(model) : own
  }

  /// All keys, as the help shows them.
  public func keyText(_ glyphs: Glyphs) -> String {
    keys.map { $0.label(glyphs) }.joined(separator: " ")
  }

  /// Whether the row belongs to the current scope and pane.
  func applies(to model: Model) -> Bool {
    guard scopes.contains(model.scope) else { return false }
    return model.scope != .panes || panes.isEmpty || panes.contains(model.focus)
  }
}

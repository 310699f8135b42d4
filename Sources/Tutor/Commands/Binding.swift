public import Screen

/// One row of the key table: keys, what they do, where, and when.
public struct Binding: Sendable {
  /// What the help groups the rows by, in its order: first what works in every pane, then what
  /// belongs to one pane or layer.
  public enum Section: String, Sendable, CaseIterable {
    case run = "Run"
    case time = "Back and forth in a run"
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
    case search = "While you type what to find"
    case form = "In the parameters and the settings"
  }

  /// What takes the keys.
  public enum Scope: Sendable, Hashable, CaseIterable {
    case panes, lessons, parameters, help, finding, palette, contents, settings, search, recordings,
      save, comparison
  }

  /// The keys that do the same thing here, the one to show first in front.
  public let keys: [Key]
  /// What pressing one of the keys does.
  package let command: Command
  /// The part of the help in which the row is listed.
  public let section: Section
  /// Where the keys do this; what else takes keys passes the row by.
  public let scopes: Set<Scope>
  /// The panes in which the keys do this while no layer is open; every pane where it is empty.
  public let panes: Set<PaneID>
  /// One line that says what it does.
  public let doc: String
  /// The words of its hint in the footer, which may follow the state; nil where it has none.
  package let hint: (@Sendable (Model) -> String)?
  /// The keys that the footer shows, where not the first.
  let hintKeys: [Key]
  /// What these keys ask for beside the command's own condition.
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

  /// Whether the keys do something now, and if not, why.
  package func availability(_ model: Model) -> Availability {
    let own = condition(model)
    return own == .now ? command.availability(model) : own
  }

  /// All keys as the help shows them.
  public func keyText(_ glyphs: Glyphs) -> String {
    keys.map { $0.label(glyphs) }.joined(separator: " ")
  }

  /// Whether the row is about what takes the keys now.
  func applies(to model: Model) -> Bool {
    guard scopes.contains(model.scope) else { return false }
    return model.scope != .panes || panes.isEmpty || panes.contains(model.focus)
  }
}

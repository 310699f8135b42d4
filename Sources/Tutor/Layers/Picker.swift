internal import Catalog
package import LessonKit
package import RunViews
package import Screen

/// A layer with a long list that typing filters, such as the palette and the contents.
package struct Picker: Sendable {
  /// The effect of choosing a row.
  package enum Choice: Sendable, Equatable {
    case command(Command)
    case place(StepPlace)
    case recording(RecentRun)
  }

  package struct Item: Sendable {
    package var choice: Choice
    /// The text before the title: the keys of a command, or the number of a step.
    package var lead: StyledText
    package var title: String
    /// The reason why the item cannot be chosen now, or nil.
    package var reason: String?
    /// A text that distinguishes items with the same title.
    package var note: String?
    /// The indentation of the title.
    var depth = 0

    /// Whether the item was removed. It stays visible, so that the learner can restore it.
    package var isRemoved: Bool {
      if case .recording(let run) = choice { run.isRemoved } else { false }
    }
  }

  package let title: String
  /// Whether the items are the links of a step.
  package let isOfLinks: Bool
  /// The noun for an item, whose plural ends in s.
  package let noun: String
  package private(set) var items: [Item]
  /// For each item its title, and after a space its other texts to match, in small letters.
  private let titles: [[UInt8]]
  private let texts: [[UInt8]]
  package private(set) var field = TextField()
  /// The items that match the typed text, the best first.
  package private(set) var matches: [Int]
  /// The index of the selected match.
  package private(set) var selection: Int

  /// - Parameter selected: the item that is selected before the learner types.
  package init(
    title: String, noun: String, items: [Item], selected: Int = 0, isOfLinks: Bool = false
  ) {
    self.title = title
    self.isOfLinks = isOfLinks
    self.noun = noun
    self.items = items
    titles = items.map { Array($0.title.lowercased().utf8) }
    texts = items.map { item in
      Array(" \(item.lead.plain) \(item.title) \(item.note ?? "")".lowercased().utf8)
    }
    matches = Array(items.indices)
    selection = min(max(0, selected), max(0, items.count - 1))
  }

  package var selected: Item? {
    matches.indices.contains(selection) ? items[matches[selection]] : nil
  }

  /// The number of items, in words.
  var allText: String { "\(items.count) \(noun)\(items.count == 1 ? "" : "s")" }

  /// The run of an item, by its number from 1.
  package func recording(_ number: Int) -> RecentRun? {
    guard let index = ListNumber.index(number, count: items.count),
      case .recording(let run) = items[index].choice
    else { return nil }
    return run
  }

  /// Marks a run as removed or restored. Returns the run, or nil if it is not in the list.
  package mutating func note(recordingAt path: String, isRemoved: Bool) -> RecentRun? {
    for index in items.indices {
      guard case .recording(var run) = items[index].choice, run.path == path else { continue }
      run.isRemoved = isRemoved
      items[index].choice = .recording(run)
      return run
    }
    return nil
  }

  mutating func move(by rows: Int) {
    selection = min(max(0, selection + rows), max(0, matches.count - 1))
  }

  package mutating func select(row: Int) {
    if matches.indices.contains(row) { selection = row }
  }

  /// Applies a key to the field. False for a key that does not type or edit.
  mutating func edit(_ key: Key) -> Bool {
    let before = field.text
    var isTaken = field.edit(key)
    if !isTaken, case .character(let character) = key {
      field.insert(String(character))
      isTaken = true
    }
    if field.text != before { filter(after: before) }
    return isTaken
  }

  package mutating func insert(_ text: String) {
    let before = field.text
    field.insert(text)
    filter(after: before)
  }

  /// - Parameter before: the previous text. Items that did not match it do not match a longer one.
  private mutating func filter(after before: String) {
    let query = field.text.lowercased()
    let candidates =
      query.hasPrefix(before.lowercased()) && !before.isEmpty ? matches : Array(items.indices)
    let needle = Array(query.utf8)
    let ranked = candidates.compactMap { index in
      Self.rank(of: texts[index], title: titles[index], for: needle).map { (index, $0) }
    }
    // Equal ranks keep the list's own order.
    matches = ranked.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
    selection = 0
  }

  /// How well an item matches: 0 for the whole title, 1 for the beginning of a word, 2 for inside a
  /// word, 3 for all words in any order, 4 for the letters in order, or nil for no match.
  ///
  /// Bytes are compared, since a document may have ten thousand titles.
  private static func rank(of text: [UInt8], title: [UInt8], for query: [UInt8]) -> Int? {
    guard !query.isEmpty else { return 0 }
    if title == query { return 0 }
    if holds(text, [0x20] + query) { return 1 }
    if holds(text, query) { return 2 }
    let words = query.split(separator: 0x20)
    if words.allSatisfy({ holds(text, Array($0)) }) { return 3 }
    var rest = text[...]
    for byte in query where byte != 0x20 {
      guard let place = rest.firstIndex(of: byte) else { return nil }
      rest = rest[(place + 1)...]
    }
    return 4
  }

  private static func holds(_ text: [UInt8], _ piece: [UInt8]) -> Bool {
    guard let first = piece.first, text.count >= piece.count else { return piece.isEmpty }
    for start in 0...(text.count - piece.count) where text[start] == first {
      if text[start..<start + piece.count].elementsEqual(piece) { return true }
    }
    return false
  }
}

extension Picker {
  /// Every command that has a key in the panes.
  package static func palette(_ model: Model) -> Picker {
    let bindings = commands
    let columns = bindings.map { TextWidth.columns(of: $0.keyText(model.glyphs)) }.max() ?? 0
    let items = bindings.map { binding in
      var item = Item(
        choice: .command(binding.command),
        lead: StyledText(binding.keyText(model.glyphs), .key)
          .padded(to: columns, glyphs: model.glyphs),
        title: binding.doc)
      if case .no(let reason) = binding.availability(model) { item.reason = reason.brief }
      return item
    }
    // Available commands come first.
    let usable = items.filter { $0.reason == nil } + items.filter { $0.reason != nil }
    return Picker(title: "Commands", noun: "command", items: usable)
  }

  /// The rows of the key table for the palette: one for each command, in the order of the help.
  /// Movements of a cursor or a view are keys only.
  static var commands: [Binding] {
    var known: Set<Command> = [.palette]
    return Binding.Section.allCases.flatMap { section in
      KeyTable.bindings.filter { $0.section == section && $0.scopes.contains(.panes) }
    }
    .filter { !$0.command.isMovement && known.insert($0.command).inserted }
  }

  /// The titles of all lessons and steps.
  package static func contents(_ model: Model) -> Picker {
    let contents = ContentsRows(model)
    let items = contents.entries.map { entry in
      Item(
        choice: .place(entry.place), lead: contents.lead(entry), title: contents.title(entry),
        note: contents.file(entry), depth: entry.isLesson ? 0 : 1)
    }
    return Picker(title: "Contents", noun: "title", items: items, selected: contents.current)
  }
}

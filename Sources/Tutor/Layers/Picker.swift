internal import Catalog
package import LessonKit
package import RunViews
package import Screen

/// A layer with a long list that grows shorter as one types: the palette and the contents.
package struct Picker: Sendable {
  /// What choosing a row does.
  package enum Choice: Sendable, Equatable {
    case command(Command)
    case place(StepPlace)
    case recording(RecentRun)
  }

  package struct Item: Sendable {
    package var choice: Choice
    /// Stands before the title: the keys of a command, the number of a step.
    package var lead: StyledText
    package var title: String
    /// What cannot be chosen now says why.
    package var reason: String?
    /// What distinguishes it from others of its title.
    package var note: String?
    /// How far the title is set in.
    var depth = 0

    /// Whether it was taken off the list, and stays in sight to be put back.
    package var isRemoved: Bool {
      if case .recording(let run) = choice { run.isRemoved } else { false }
    }
  }

  package let title: String
  /// Whether the items are the links of a step.
  package let isOfLinks: Bool
  /// What an item is; several are called so with an s.
  package let noun: String
  package private(set) var items: [Item]
  /// For each item its title, and all that it can be found by after a space, in small letters.
  private let titles: [[UInt8]]
  private let texts: [[UInt8]]
  package private(set) var field = TextField()
  /// The items that fit what was typed, the best first.
  package private(set) var matches: [Int]
  /// Which of the matches is selected.
  package private(set) var selection: Int

  /// - Parameter selected: the item that is selected until something is typed.
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

  /// How many items there are, in words.
  var allText: String { "\(items.count) \(noun)\(items.count == 1 ? "" : "s")" }

  /// The kept run of an item, by its number from 1.
  package func recording(_ number: Int) -> RecentRun? {
    guard let index = ListNumber.index(number, count: items.count),
      case .recording(let run) = items[index].choice
    else { return nil }
    return run
  }

  /// Notes that a kept run was taken off the list, or put back; nil where it has no item.
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

  /// Selects the item with a choice, where it is in sight.
  package mutating func select(_ choice: Choice) {
    if let row = matches.firstIndex(where: { items[$0].choice == choice }) { selection = row }
  }

  /// Types into the field, or edits it; false for a key that does neither.
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

  /// - Parameter before: what was typed until now; what did not fit that does not fit more of it.
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

  /// How well an item fits: 0 for the whole title, 1 for the beginning of a word, 2 for inside one,
  /// 3 for all the words in any order, 4 for the letters in their order; nil where it does not.
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
    // What can be done now comes first.
    let usable = items.filter { $0.reason == nil } + items.filter { $0.reason != nil }
    return Picker(title: "Commands", noun: "command", items: usable)
  }

  /// The rows of the table that the palette shows: one for each command, in the help's order.
  static var commands: [Binding] {
    var known: Set<Command> = [.palette]
    return Binding.Section.allCases.flatMap { section in
      KeyTable.bindings.filter { $0.section == section && $0.scopes.contains(.panes) }
    }
    .filter { known.insert($0.command).inserted }
  }

  /// Every lesson and step by its title.
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

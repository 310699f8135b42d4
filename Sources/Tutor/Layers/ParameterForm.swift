package import Catalog
internal import Screen

/// The layer in which the learner changes what a run gets.
package struct ParameterForm: Sendable {
  package struct Field: Sendable {
    package let parameter: Parameter
    var field: TextField
    package var text: String { field.text }

    /// The words of a choice; empty for what is typed.
    package var choices: [String] {
      if case .choice(let words) = parameter.kind { words } else { [] }
    }
  }

  package let demo: Demo
  /// The runnable block that the form belongs to.
  package var place: RunPlace
  package var fields: [Field]
  package var selection = 0
  /// What is wrong, and with which field; nil for what concerns several.
  package private(set) var complaint: (field: Int?, text: String)?

  /// - Parameter values: what the fields show at first, by the parameters' names.
  package init(_ request: RunRequest, values: [String: ParameterValue], place: RunPlace) {
    demo = request.demo
    self.place = place
    fields = request.demo.parameters.map { parameter in
      let value = values[parameter.name] ?? request.arguments[parameter.name]
      return Field(parameter: parameter, field: TextField(value.description))
    }
  }

  /// The value of a field, or the default where its text is none.
  package func value(_ index: Int) -> ParameterValue {
    let field = fields[index]
    return (try? field.parameter.value(in: field.text)) ?? field.parameter.defaultValue
  }

  package var selected: Field? { fields.indices.contains(selection) ? fields[selection] : nil }
  var isChoice: Bool { selected.map { !$0.choices.isEmpty } ?? false }

  mutating func move(by rows: Int) {
    selection = min(max(0, selection + rows), max(0, fields.count - 1))
  }

  /// Goes to the next word of a choice (`by` 1) or the one before it (-1).
  package mutating func choose(by steps: Int) {
    guard let field = selected, !field.choices.isEmpty else { return }
    let count = field.choices.count
    let current = field.choices.firstIndex(of: field.text) ?? 0
    fields[selection].field = TextField(
      field.choices[((current + steps) % count + count) % count])
    complaint = nil
  }

  /// Goes to the next word of a choice that begins with a letter; false where none does.
  package mutating func choose(beginningWith letter: Character) -> Bool {
    guard let field = selected, let current = field.choices.firstIndex(of: field.text) else {
      return false
    }
    let count = field.choices.count
    let step = (1...count).first {
      field.choices[(current + $0) % count].first?.lowercased() == letter.lowercased()
    }
    guard let step else { return false }
    choose(by: step)
    return true
  }

  mutating func reset() {
    for index in fields.indices {
      fields[index].field = TextField(fields[index].parameter.defaultValue.description)
    }
    complaint = nil
  }

  /// Puts what was typed or pasted into the selected field; a choice takes no typing.
  package mutating func insert(_ text: String) {
    guard let field = selected, field.choices.isEmpty else { return }
    fields[selection].field.insert(text)
    complaint = nil
  }

  /// Moves the cursor, or takes a character away; false for a key that edits nothing.
  mutating func edit(_ key: Key) -> Bool {
    guard let field = selected, field.choices.isEmpty, fields[selection].field.edit(key) else {
      return false
    }
    complaint = nil
    return true
  }

  /// The run as the form asks for it; nil, and a complaint, where a value is not allowed.
  package mutating func words() -> RunWords? {
    do {
      for field in fields { _ = try field.parameter.value(in: field.text) }
      let words = fields.map { "\($0.parameter.name)=\($0.text)" }
      _ = try Arguments(words: words, for: demo)
      return RunWords(index: place.run, values: words)
    } catch {
      complain(error)
      return nil
    }
  }

  private mutating func complain(_ error: ParameterError) {
    switch error {
    case .malformed(let name, let text, let wanted):
      point(to: name, "\u{201C}\(text)\u{201D}: wanted \(wanted)")
    case .outOfRange(let name, let text, let range):
      point(to: name, "\(text) is out of range; allowed is \(range)")
    default:
      complaint = (nil, error.description)
    }
  }

  private mutating func point(to name: String, _ text: String) {
    let index = fields.firstIndex { $0.parameter.name == name }
    if let index { selection = index }
    complaint = (index, text)
  }
}

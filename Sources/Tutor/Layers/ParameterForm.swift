package import Catalog
internal import Screen

/// The layer for changing the parameters of a run.
package struct ParameterForm: Sendable {
  package struct Field: Sendable {
    package let parameter: Parameter
    var field: TextField
    package var text: String { field.text }

    /// The choices, or empty for a typed value.
    package var choices: [String] {
      if case .choice(let words) = parameter.kind { words } else { [] }
    }
  }

  package let demo: Demo
  /// The run block of the form.
  package var place: RunPlace
  package var fields: [Field]
  package var selection = 0
  /// A problem and its field; a nil field means several fields.
  package private(set) var complaint: (field: Int?, text: String)?

  /// - Parameter values: the first values of the fields, by the names of the parameters.
  package init(_ request: RunRequest, values: [String: ParameterValue], place: RunPlace) {
    demo = request.demo
    self.place = place
    fields = request.demo.parameters.map { parameter in
      let value = values[parameter.name] ?? request.arguments[parameter.name]
      return Field(parameter: parameter, field: TextField(value.description))
    }
  }

  /// The value of a field, or the default if its text is not valid.
  package func value(_ index: Int) -> ParameterValue {
    let field = fields[index]
    return (try? field.parameter.value(in: field.text)) ?? field.parameter.defaultValue
  }

  package var selected: Field? { fields.indices.contains(selection) ? fields[selection] : nil }
  var isChoice: Bool { selected.map { !$0.choices.isEmpty } ?? false }

  mutating func move(by rows: Int) {
    selection = min(max(0, selection + rows), max(0, fields.count - 1))
  }

  /// Selects the next (1) or previous (-1) choice.
  package mutating func choose(by steps: Int) {
    guard let field = selected, !field.choices.isEmpty else { return }
    let count = field.choices.count
    let current = field.choices.firstIndex(of: field.text) ?? 0
    fields[selection].field = TextField(
      field.choices[((current + steps) % count + count) % count])
    complaint = nil
  }

  /// Selects the next choice that starts with a letter. False if there is none.
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

  /// Inserts typed or pasted text into the selected field, unless it is a choice.
  package mutating func insert(_ text: String) {
    guard let field = selected, field.choices.isEmpty else { return }
    fields[selection].field.insert(text)
    complaint = nil
  }

  /// Moves the cursor or deletes a character. False for a key that edits nothing.
  mutating func edit(_ key: Key) -> Bool {
    guard let field = selected, field.choices.isEmpty, fields[selection].field.edit(key) else {
      return false
    }
    complaint = nil
    return true
  }

  /// The run with the form's values. Nil, with a complaint, if a value is not valid.
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

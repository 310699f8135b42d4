/// One row of the word table: words of plain mode, and their command.
package struct Word: Sendable {
  package let words: [String]
  /// Single characters for the same command, if possible the screen's keys.
  package let letters: [String]
  /// A placeholder for the text after the word, for the help.
  let argument: String
  let doc: String
  /// Examples of the text after the word, one for each kind of command.
  let examples: [String]
  /// The command for the text after the word, or nil if the text is not valid.
  package let command: @Sendable (String) -> Command?

  init(
    _ words: [String], letters: [String] = [], argument: String = "", _ doc: String,
    examples: [String] = [], _ command: @escaping @Sendable (String) -> Command?
  ) {
    self.words = words
    self.letters = letters
    self.argument = argument
    self.doc = doc
    self.examples = examples
    self.command = command
  }

  /// A word without text after it.
  /// - Parameter doc: nil for the command's own description.
  init(_ words: [String], letters: [String] = [], _ command: Command, _ doc: String? = nil) {
    self.init(words, letters: letters, doc ?? command.row.doc) { $0.isEmpty ? command : nil }
  }

  /// One command of each kind that the word gives.
  var commands: [Command] { ([""] + examples).compactMap(command) }

  /// The word, its synonyms and its description, as a sentence.
  package var helpSentence: String {
    let argument = argument.isEmpty ? "" : " " + argument
    let names = words.map { $0 + argument } + letters.map(Self.spoken)
    let last = names.count > 1 ? ", or \(names[names.count - 1])" : ""
    return names.dropLast(names.count > 1 ? 1 : 0).joined(separator: ", ") + last + ": " + doc + "."
  }

  /// The word and its synonyms, as typed: `search WORDS`, or `back, ,`.
  var typed: String {
    (words.map { argument.isEmpty ? $0 : "\($0) \(argument)" } + letters).joined(separator: ", ")
  }

  /// A character in words, because screen readers often skip signs.
  private static func spoken(_ letter: String) -> String {
    switch letter {
    case ".": "a dot"
    case "/": "a slash and the words"
    case "?": "a question mark"
    case "[": "a left bracket"
    case "]": "a right bracket"
    case ",": "a comma"
    case "(": "a left parenthesis"
    case ")": "a right parenthesis"
    default: letter == letter.lowercased() ? letter : "capital \(letter)"
    }
  }
}

/// One row of the word table: what a person types in plain mode, and the command that it gives.
package struct Word: Sendable {
  package let words: [String]
  /// Single characters, as they are typed; the screen's keys where it has some.
  package let letters: [String]
  /// What follows the word, for the help.
  let argument: String
  let doc: String
  /// Texts that may follow the word, so that all of its commands are known.
  let examples: [String]
  /// The command, given what follows the word; nil where that makes no sense.
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

  /// A word that nothing follows.
  /// - Parameter doc: nil where the command's own line says it.
  init(_ words: [String], letters: [String] = [], _ command: Command, _ doc: String? = nil) {
    self.init(words, letters: letters, doc ?? command.row.doc) { $0.isEmpty ? command : nil }
  }

  /// A command of each kind that the word gives.
  var commands: [Command] { ([""] + examples).compactMap(command) }

  /// The word, its synonyms, and what it does, as a sentence.
  package var helpSentence: String {
    let argument = argument.isEmpty ? "" : " " + argument
    let names = words.map { $0 + argument } + letters.map(Self.spoken)
    let last = names.count > 1 ? ", or \(names[names.count - 1])" : ""
    return names.dropLast(names.count > 1 ? 1 : 0).joined(separator: ", ") + last + ": " + doc + "."
  }

  /// The word and its synonyms, as they are typed: `search WORDS`, or `back, ,`.
  var typed: String {
    (words.map { argument.isEmpty ? $0 : "\($0) \(argument)" } + letters).joined(separator: ", ")
  }

  /// A character that is typed, in words: signs are often not read out.
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

internal import Catalog

/// THE table of the plain tutor's words: what is typed, the full screen's key for it, and what it
/// does. The help and the manual are made from it.
struct PlainWord: Sendable {
  let words: [String]
  /// Single characters, as they are typed; the full screen's keys where it has some.
  let letters: [String]
  /// What follows the word, for the help.
  let argument: String
  let doc: String
  /// What is meant, given what follows the word; nil where that makes no sense.
  let command: @Sendable (String) -> PlainCommand?

  init(
    _ words: [String], _ letters: [String] = [], _ argument: String = "", _ doc: String,
    _ command: @escaping @Sendable (String) -> PlainCommand?
  ) {
    self.words = words
    self.letters = letters
    self.argument = argument
    self.doc = doc
    self.command = command
  }

  /// The command of a word that stands alone.
  init(
    _ words: [String], _ letters: [String] = [], _ doc: String, _ command: PlainCommand
  ) {
    self.init(words, letters, "", doc) { $0.isEmpty ? command : nil }
  }

  /// All of them, in the order in which the help tells them.
  static let all = sections.flatMap(\.words)

  /// The word, what goes for it too, and what it does.
  var helpSentence: String {
    let argument = argument.isEmpty ? "" : " " + argument
    let names = words.map { $0 + argument } + letters.map(Self.spoken)
    let last = names.count > 1 ? ", or \(names[names.count - 1])" : ""
    return names.dropLast(names.count > 1 ? 1 : 0).joined(separator: ", ") + last + ": " + doc + "."
  }

  /// The word and what goes for it too, as they are typed: `search WORDS`, or `back, ,`.
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

/// The words of the plain tutor, for the manual.
public enum PlainWordTable {
  /// By what they are for: the words of a row as they are typed, and what they do.
  public static var sections: [(title: String, rows: [(words: String, doc: String)])] {
    PlainWord.sections.map { ($0.title, $0.words.map { ($0.typed, $0.doc) }) }
  }
}

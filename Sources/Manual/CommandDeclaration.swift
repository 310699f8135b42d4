import FoundationEssentials

/// A command as it was declared: the parser's own description of it, from which the help, the man
/// page, the README and the completions are made.
public struct CommandDeclaration: Decodable {
  /// A word that a command takes, or an option with its value.
  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String

      var text: String { (kind == "long" ? "--" : "-") + name }
    }

    let kind: String
    let shouldDisplay: Bool
    let isOptional: Bool
    let isRepeating: Bool
    let names: [Name]?
    let valueName: String?
    let defaultValue: String?
    let allValues: [String]?
    let abstract: String?
    private let completionKind: Completion?
  }

  let commandName: String
  let abstract: String?
  let discussion: String?
  let shouldDisplay: Bool
  private let subcommands: [CommandDeclaration]?
  private let arguments: [Argument]?

  /// The command that opens the tutor, which nobody names.
  public static let tutorName = "tutor"

  /// Everything that the program declares.
  /// - Parameter dump: the declarations as the parser writes them.
  public init(root dump: String) throws {
    struct Declarations: Decodable {
      let command: CommandDeclaration
    }
    self = try JSONDecoder().decode(Declarations.self, from: Data(dump.utf8)).command
  }

  /// The commands that a person may type, the default one not among them.
  var commands: [CommandDeclaration] {
    (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
  }

  /// What happens where no command is named: its declaration is hidden, its arguments are not.
  var defaultCommand: CommandDeclaration? {
    subcommands?.first { $0.commandName == Self.tutorName }
  }

  /// The words and options that are this command's own: all but those that every command has.
  var shownArguments: [Argument] {
    (arguments ?? []).filter { argument in
      argument.shouldDisplay && !["--help", "--version"].contains { $0 == argument.longName }
    }
  }

  var positionals: [Argument] { shownArguments.filter { $0.kind == "positional" } }
  var options: [Argument] { shownArguments.filter { $0.kind != "positional" } }

  /// The options that the tutor does not have too; whether there are such besides.
  func options(besidesThoseOf tutor: CommandDeclaration?) -> (
    own: [Argument], hasTutors: Bool
  ) {
    let shared = Set((tutor?.options ?? []).map(\.form))
    guard commandName != tutor?.commandName else { return (options, false) }
    let own = options.filter { !shared.contains($0.form) }
    return (own, own.count < options.count)
  }

  /// How the command is typed, without its options.
  var synopsis: String {
    let isDefault = commandName == Self.tutorName
    let words = ["lockstep"] + (isDefault ? [] : [commandName]) + positionals.map(\.placeholder)
    return words.joined(separator: " ")
  }
}

extension CommandDeclaration.Argument {
  /// How the parser says that words are to be completed.
  fileprivate struct Completion: Decodable {
    struct Values: Decodable {
      let values: [String]
    }

    struct Nothing: Decodable {}

    let list: Values?
    let file: Nothing?
    let directory: Nothing?
  }

  var takesValue: Bool { kind != "flag" }

  /// The words of which one must be given; nil where others are taken too.
  var values: [String]? { allValues ?? completionKind?.list?.values }

  var wantsFile: Bool { completionKind?.file != nil || completionKind?.directory != nil }

  var longName: String? { names?.first { $0.kind == "long" }?.text }

  /// The value as help shows it: a name in capitals, or its few choices.
  var label: String {
    if let allValues, allValues.joined(separator: "|").count <= 24 {
      return allValues.joined(separator: "|")
    }
    let name = valueName ?? ""
    let isName = name.allSatisfy { $0.isLowercase || $0 == "-" }
    return isName ? name.uppercased() : name
  }

  /// A word as it stands in a synopsis.
  var placeholder: String {
    let word = isOptional ? "[\(label)]" : label
    return word + (isRepeating ? "…" : "")
  }

  /// An option with its names and its value: `-o, --output FILE`.
  var form: String {
    let short = (names ?? []).filter { $0.kind != "long" }.map(\.text)
    let long = (names ?? []).filter { $0.kind == "long" }.map(\.text)
    return (short + long).joined(separator: ", ") + (takesValue ? " \(label)" : "")
  }

  /// What it is for, with the values that its label is too short for.
  var summary: String {
    let text = abstract ?? ""
    guard let allValues, !allValues.contains(where: { label.contains($0) }) else { return text }
    return "\(text) \(label) is one of \(allValues.joined(separator: ", "))."
  }

  /// The same, with its default where there is one to know.
  var doc: String {
    guard let defaultValue, takesValue, !summary.contains(defaultValue) else { return summary }
    return "\(summary) Default: \(defaultValue)."
  }
}

import FoundationEssentials

/// A command as the argument parser describes it. The help, the man page, Docs/COMMAND-LINE.md and
/// the completions are made from it.
public struct CommandDeclaration: Decodable {
  /// An argument or an option of a command.
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

  /// The name of the default command, which opens the tutor and is never typed.
  public static let tutorName = "tutor"

  /// The program's declarations.
  /// - Parameter dump: the JSON that the parser writes.
  public init(root dump: String) throws {
    struct Declarations: Decodable {
      let command: CommandDeclaration
    }
    self = try JSONDecoder().decode(Declarations.self, from: Data(dump.utf8)).command
  }

  /// The commands to type, without the default command.
  var commands: [CommandDeclaration] {
    (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
  }

  /// The default command. Its name is hidden, its arguments are not.
  var defaultCommand: CommandDeclaration? {
    subcommands?.first { $0.commandName == Self.tutorName }
  }

  /// The arguments and options of this command, without those that all commands have.
  var shownArguments: [Argument] {
    (arguments ?? []).filter { argument in
      argument.shouldDisplay && !["--help", "--version"].contains { $0 == argument.longName }
    }
  }

  var positionals: [Argument] { shownArguments.filter { $0.kind == "positional" } }
  var options: [Argument] { shownArguments.filter { $0.kind != "positional" } }

  /// The options that the tutor does not have, and whether the command has the tutor's options too.
  func options(besidesThoseOf tutor: CommandDeclaration?) -> (
    own: [Argument], hasTutors: Bool
  ) {
    let shared = Set((tutor?.options ?? []).map(\.form))
    guard commandName != tutor?.commandName else { return (options, false) }
    let own = options.filter { !shared.contains($0.form) }
    return (own, own.count < options.count)
  }

  /// How to type the command, without its options.
  var synopsis: String {
    let isDefault = commandName == Self.tutorName
    let words = ["lockstep"] + (isDefault ? [] : [commandName]) + positionals.map(\.placeholder)
    return words.joined(separator: " ")
  }
}

extension CommandDeclaration.Argument {
  /// How the parser describes completions.
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

  /// The allowed values, or nil if others are allowed too.
  var values: [String]? { allValues ?? completionKind?.list?.values }

  var wantsFile: Bool { completionKind?.file != nil || completionKind?.directory != nil }

  var longName: String? { names?.first { $0.kind == "long" }?.text }

  /// The value as help shows it: a name in capitals, or a short list of choices.
  var label: String {
    if let allValues, allValues.joined(separator: "|").count <= 24 {
      return allValues.joined(separator: "|")
    }
    let name = valueName ?? ""
    let isName = name.allSatisfy { $0.isLowercase || $0 == "-" }
    return isName ? name.uppercased() : name
  }

  /// The argument in a synopsis.
  var placeholder: String {
    let word = isOptional ? "[\(label)]" : label
    return word + (isRepeating ? "…" : "")
  }

  /// The option's names and value: `-o, --output FILE`.
  var form: String {
    let short = (names ?? []).filter { $0.kind != "long" }.map(\.text)
    let long = (names ?? []).filter { $0.kind == "long" }.map(\.text)
    return (short + long).joined(separator: ", ") + (takesValue ? " \(label)" : "")
  }

  /// The description, with the allowed values if the label does not show them.
  var summary: String {
    let text = abstract ?? ""
    guard let allValues, !allValues.contains(where: { label.contains($0) }) else { return text }
    return "\(text) \(label) is one of \(allValues.joined(separator: ", "))."
  }

  /// The summary with the default value.
  var doc: String {
    guard let defaultValue, takesValue, !summary.contains(defaultValue) else { return summary }
    return "\(summary) Default: \(defaultValue)."
  }
}

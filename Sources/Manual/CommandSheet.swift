import Shell

/// All commands and options on one page, for `lockstep --help` and Docs/COMMAND-LINE.md.
public enum CommandSheet {
  private static let width = 80
  /// The column of the descriptions, from 0.
  private static let column = 34

  /// The text of `lockstep --help`.
  public static func help(_ root: CommandDeclaration) -> String {
    let examples = ExampleTable.rows.flatMap { row("  \($0.command)", $0.doc) }
    let statuses = ExitStatus.table.map { "\($0.status) \($0.doc)" }.joined(separator: ", ")
    return
      (wrapped(root.abstract ?? "", to: width) + [""] + lines(of: root)
      + ["", "Examples:"] + examples
      + [""] + wrapped("Exit status: \(statuses).", to: width)
      + ["", "For more: lockstep help COMMAND, or lockstep man for the whole manual."])
      .joined(separator: "\n")
  }

  /// One or more lines for each command and option.
  static func lines(of root: CommandDeclaration) -> [String] {
    let commands = [root.defaultCommand].compactMap { $0 } + root.commands
    let own = commands.flatMap { command in
      let options = command.options(besidesThoseOf: root.defaultCommand)
      return row(command.synopsis, command.abstract ?? "")
        + options.own.flatMap { row("    \($0.form)", $0.summary) }
        + (options.hasTutors ? row("    …", "The tutor's options, as above.") : [])
    }
    return own + row("lockstep --help, --version", "Show this page, or the version.")
  }

  private static func row(_ left: String, _ doc: String) -> [String] {
    let sentence = doc.hasSuffix(".") ? String(doc.dropLast()) : doc
    let right = wrapped(sentence, to: width - column)
    let indent = String(repeating: " ", count: column)
    guard left.count < column - 1 else { return [left] + right.map { indent + $0 } }
    let gap = String(repeating: " ", count: column - left.count)
    return right.enumerated().map { ($0 == 0 ? left + gap : indent) + $1 }
  }

  private static func wrapped(_ text: String, to width: Int) -> [String] {
    var lines = [""]
    for word in text.split(separator: " ") {
      let last = lines[lines.count - 1]
      if last.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}

import Shell

/// The command line on one sheet: what `lockstep --help` prints and the README shows.
public enum CommandSheet {
  private static let width = 80
  /// The column, from 0, at which the explanations stand.
  private static let column = 34

  /// The whole help.
  public static func help(_ root: CommandDeclaration) -> String {
    let examples = ExampleTable.rows.flatMap { row("  \($0.command)", $0.doc) }
    let statuses = ExitStatus.table.map { "\($0.status) \($0.doc)" }.joined(separator: ", ")
    return
      (wrapped(root.abstract ?? "", to: width) + [""] + lines(of: root)
      + ["", "Examples:"] + examples
      + [""] + wrapped("Exit status: \(statuses).", to: width)
      + ["", "lockstep help COMMAND tells more of one; lockstep man tells all."])
      .joined(separator: "\n")
  }

  /// A line or more for each command and each of its options.
  static func lines(of root: CommandDeclaration) -> [String] {
    let commands = [root.defaultCommand].compactMap { $0 } + root.commands
    let own = commands.flatMap { command in
      let options = command.options(besidesThoseOf: root.defaultCommand)
      return row(command.synopsis, command.abstract ?? "")
        + options.own.flatMap { row("    \($0.form)", $0.summary) }
        + (options.hasTutors ? row("    …", "And the tutor's own options, as above.") : [])
    }
    return own + row("lockstep --help, --version", "This page; the version.")
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

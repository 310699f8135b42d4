import Screen
import Shell
import Tutor

/// The manual as man(7) source. It is made from the commands' declarations and the tables of keys,
/// variables, files and statuses, so it cannot go out of date.
public struct ManPage {
  private var lines: [String] = []

  /// - Parameter root: the program's declarations.
  public init(_ root: CommandDeclaration) {
    lines.append(".TH LOCKSTEP 1 \"\(Release.date)\" \"lockstep \(Release.version)\"")
    // Readers search for options and commands and copy them: no hyphenation, no justification.
    lines += [".nh", ".ad l"]
    section("Name")
    lines.append("lockstep \\- an interactive tutor for concurrency, in the terminal")
    let commands = [root.defaultCommand].compactMap { $0 } + root.commands
    section("Synopsis")
    for (index, command) in commands.enumerated() {
      if index > 0 { lines.append(".br") }
      synopsis(of: command, tutor: root.defaultCommand)
    }
    description()
    section("Commands")
    for command in commands { describe(command, tutor: root.defaultCommand) }
    keys()
    words()
    table("Environment", EnvironmentTable.rows.map { ($0.name, $0.doc) })
    table("Files", FileTable.rows.map { ($0.path, $0.doc) })
    table("Exit status", ExitStatus.table.map { ($0.status, Self.sentence($0.doc)) })
    table("Examples", ExampleTable.rows.map { ($0.command, Self.sentence($0.doc)) })
    section("See also")
    text("python3(1), jq(1), proc(5), pthreads(7)")
  }

  /// The page, in ASCII.
  public var text: String { lines.joined(separator: "\n") + "\n" }

  private mutating func description() {
    section("Description")
    text(
      """
      Lockstep teaches threads and processes. One pane shows a lesson. One key runs what the \
      lesson describes, and the other panes show real threads and processes of this machine as \
      they wait, hold locks, append and end. Every claim in every lesson runs.
      """)
    lines.append(".PP")
    text(
      """
      Lessons are plain Markdown. Reading a lesson executes nothing. Only the built-in demos run, \
      and only when you press a key. Results go to standard output, messages to standard error. \
      For a file, - means standard input or standard output.
      """)
  }

  private mutating func synopsis(of command: CommandDeclaration, tutor: CommandDeclaration?) {
    let (own, hasTutors) = command.options(besidesThoseOf: tutor)
    let options =
      own.map { option in
        let name = option.names?.first?.text ?? ""
        return "[\(option.takesValue ? "\(name) \(option.label)" : name)]"
      } + (hasTutors ? ["[options of the tutor]"] : [])
    let words = command.synopsis.split(separator: " ").map(String.init)
    let isNamed = words.count > 1 && words[1] == command.commandName
    let name = words.prefix(isNamed ? 2 : 1).joined(separator: " ")
    let rest = words.dropFirst(isNamed ? 2 : 1) + options
    lines.append(".B \(Self.escaped(name))")
    if !rest.isEmpty { text(rest.joined(separator: " ")) }
  }

  private mutating func describe(_ command: CommandDeclaration, tutor: CommandDeclaration?) {
    lines.append(".SS \(Self.quoted(command.synopsis))")
    text(command.abstract ?? "")
    if let discussion = command.discussion {
      var isExample = false
      for line in discussion.split(separator: "\n") {
        if isExample, !line.hasPrefix("  ") { lines += [".RE", ".fi"] }
        if !isExample { lines.append(".PP") }
        if !isExample, line.hasPrefix("  ") { lines += [".nf", ".RS"] }
        isExample = line.hasPrefix("  ")
        text(String(line.drop { $0 == " " }))
      }
      if isExample { lines += [".RE", ".fi"] }
    }
    let words = command.positionals.filter { $0.abstract != nil }.map { ($0.label, $0.doc) }
    let (own, hasTutors) = command.options(besidesThoseOf: tutor)
    entries(words + own.map { ($0.form, $0.doc) })
    if hasTutors {
      lines.append(".PP")
      text("It also takes the options of the tutor.")
    }
  }

  private mutating func keys() {
    section("Keys")
    text("The bottom line of the screen shows the keys that work now; ? shows all keys.")
    for section in Binding.Section.allCases {
      let bindings = KeyTable.bindings.filter { $0.section == section }
      guard !bindings.isEmpty else { continue }
      lines.append(".SS \(Self.quoted(section.rawValue))")
      entries(bindings.map { ($0.keyText(.unicode), Self.sentence($0.doc)) })
    }
  }

  private mutating func words() {
    section("Words")
    text("The commands of the tutor as lines of text (--plain). Type help to see them there.")
    for (title, rows) in WordTable.rows {
      lines.append(".SS \(Self.quoted(title))")
      entries(rows.map { ($0.words, Self.sentence($0.doc)) })
    }
  }

  // MARK: man(7)

  private mutating func section(_ title: String) {
    lines.append(".SH \(Self.quoted(title.uppercased()))")
  }

  private mutating func table(_ title: String, _ rows: [(String, String)]) {
    section(title)
    entries(rows)
  }

  private mutating func entries(_ rows: [(String, String)]) {
    for (name, doc) in rows {
      lines.append(".TP")
      lines.append(".B \(Self.escaped(name))")
      text(doc)
    }
  }

  private mutating func text(_ text: String) {
    let escaped = Self.escaped(text)
    // At the start of a line, these two would begin a request.
    let isRequest = escaped.hasPrefix(".") || escaped.hasPrefix("'")
    lines.append((isRequest ? "\\&" : "") + escaped)
  }

  private static func sentence(_ doc: String) -> String {
    doc.prefix(1).uppercased() + doc.dropFirst() + "."
  }

  private static func quoted(_ text: String) -> String {
    "\"" + escaped(text) + "\""
  }

  /// The text with roff's special characters escaped, and others than ASCII by their number.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "\"": result += "\\(dq"
      case "'": result += "\\(aq"
      case "~": result += "\\(ti"
      case "^": result += "\\(ha"
      case "`": result += "\\(ga"
      case "\n": result += " "
      case "…": result += "..."
      case _ where scalar.isASCII: result.unicodeScalars.append(scalar)
      default:
        let hex = String(scalar.value, radix: 16, uppercase: true)
        result += "\\[u\(String(repeating: "0", count: max(0, 4 - hex.count)))\(hex)]"
      }
    }
    return result
  }
}

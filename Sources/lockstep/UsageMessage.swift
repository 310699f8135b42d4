import Catalog

/// A one-line message for a command line that cannot be parsed: the parser's message in plain words,
/// and where to find help.
struct UsageMessage {
  let text: String

  /// - Parameters:
  ///   - message: the parser's message.
  ///   - words: the command line, without the program's name.
  ///   - commands: the names of all commands.
  init(_ message: String, words: [String], commands: [String]) {
    let lines = message.split(separator: "\n").map(String.init)
    let line = lines.first ?? message
    // The parser lists many values with one on each line.
    let listed = lines.dropFirst().compactMap { line in
      line.hasPrefix("  - ") ? String(line.dropFirst(4)) : nil
    }
    let command = words.first.flatMap { commands.contains($0) ? $0 : nil }
    let help = command.map { "lockstep help \($0)" } ?? "lockstep --help"
    text = "\(Self.ownWords(line, listed) ?? line) (see: \(help))"
  }

  /// The message in plain words. The parser quotes names and values with single quotes. Nil for an
  /// unknown message, or if a value has such a quote.
  /// - Parameter listed: the values that the parser lists on lines of their own.
  private static func ownWords(_ line: String, _ listed: [String]) -> String? {
    let parts = line.split(separator: "'", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 2 else { return nil }
    switch (parts[0], parts[2]) {
    case ("Missing expected argument ", ""): return "\(label(parts[1])) is missing"
    case ("Missing value for ", ""):
      let words = parts[1].split(separator: " ", maxSplits: 1).map(String.init)
      guard words.count == 2 else { return nil }
      return "\(words[0]) needs a value: \(label(words[1]))"
    case ("Unknown option ", ""): return "no option is called \(parts[1])"
    case ("Unknown option ", ". Did you mean ") where parts.count == 5:
      return "no option is called \(parts[1]) (did you mean \(parts[3])?)"
    case ("Unexpected argument ", ""): return "\"\(parts[1])\" is one word too many"
    case ("The value ", " is invalid for ") where parts.count > 6 || !listed.isEmpty:
      let choices =
        listed.isEmpty ? stride(from: 5, to: parts.count, by: 2).map { parts[$0] } : listed
      let name = parts[3].split(separator: " ").first.map(String.init) ?? ""
      return "\(label(name)) \(parts[1]): use \(choices.alternatives)"
    default: return nil
    }
  }

  /// A value's name as the help shows it: PATH for `<PATH> ...`, SHELL for `<shell>`.
  private static func label(_ text: String) -> String {
    guard text.hasPrefix("<") else { return text }
    let name = text.dropFirst().prefix { $0 != ">" }
    return name.allSatisfy { $0.isLowercase || $0 == "-" } ? name.uppercased() : String(name)
  }
}

/// What a piece of Python does, whatever it calls its own things: the names it calls and imports,
/// the words of the language, and which of them stand under which.
struct CodeTraits: Equatable {
  /// One thing that code can have in common with other code.
  enum Trait: Hashable {
    case imports(String)
    case calls(String)
    case attribute(String)
    case argument(String)
    case keyword(String)
    case operation(String)
    /// A call in what a block of the language governs.
    case under(String, String)
  }

  private(set) var traits: Set<Trait> = []
  /// The words that the code's own names are made of.
  private(set) var ownWords: Set<String> = []
  /// The lines with code on them.
  private(set) var lines = 0

  init(_ code: String) {
    let tokens = PythonHighlighter.lines(of: code).map { line in
      line.filter { $0.kind != .comment && !$0.text.allSatisfy(\.isWhitespace) }
    }.filter { !$0.isEmpty && !Self.isText($0) }
    lines = tokens.count
    let own = Self.ownNames(in: tokens)
    for name in own {
      for word in name.lowercased().split(separator: "_") where word.count > 2 {
        ownWords.insert(String(word))
      }
    }
    var governor = ""
    for line in tokens { read(line, own: own, governor: &governor) }
  }

  /// Whether a line is nothing but a string, or a part of one over several lines.
  private static func isText(_ line: [Token]) -> Bool { line.allSatisfy { $0.kind == .string } }

  private static let governors: Set<String> = ["with", "while", "if", "except", "for"]

  private mutating func read(_ line: [Token], own: Set<String>, governor: inout String) {
    let isImport = ["import", "from"].contains(line[0].text)
    if line[0].text == "def" { governor = "" }
    if Self.governors.contains(line[0].text) { governor = line[0].text }
    for (index, token) in line.enumerated() {
      let before = index > 0 ? line[index - 1].text : ""
      let after = index + 1 < line.count ? line[index + 1].text : ""
      switch token.kind {
      case .keyword: traits.insert(.keyword(token.text))
      case .operator where after == "=" && "+-*/%|&".contains(token.text):
        traits.insert(.operation(token.text + "="))
      case .plain, .function, .builtin:
        guard let first = token.text.first, first.isLetter || first == "_" else { continue }
        if isImport {
          traits.insert(.imports(token.text))
        } else if before == "." || !own.contains(token.text) {
          read(token.text, isAttribute: before == ".", after: after, governor: governor)
        }
      default: break
      }
    }
  }

  private mutating func read(_ name: String, isAttribute: Bool, after: String, governor: String) {
    if after == "(" {
      traits.insert(.calls(name))
      if isAttribute, !governor.isEmpty { traits.insert(.under(governor, name)) }
    } else if after == "=" {
      traits.insert(.argument(name))
    } else if isAttribute {
      traits.insert(.attribute(name))
    }
  }

  /// The names that the code gives: to functions, their parameters, variables and what it loops
  /// over. They may be called anything.
  private static func ownNames(in lines: [[Token]]) -> Set<String> {
    var own: Set<String> = []
    for line in lines where !["import", "from"].contains(line[0].text) {
      var depth = 0
      var isParameter = false
      var isLoop = false
      let isAssignment = line.contains { $0.text == "=" }
      for (index, token) in line.enumerated() {
        let before = index > 0 ? line[index - 1].text : ""
        let after = index + 1 < line.count ? line[index + 1].text : ""
        if "([{".contains(token.text) { depth += 1 }
        if ")]}".contains(token.text) { depth -= 1 }
        if token.text == "def" { isParameter = true }
        if token.text == "for" { isLoop = true }
        if token.text == "in" { isLoop = false }
        let isName = token.kind == .plain || token.kind == .function
        guard isName, before != ".", token.text.first.map({ $0.isLetter || $0 == "_" }) == true
        else {
          continue
        }
        let next = index + 2 < line.count ? line[index + 2].text : ""
        let isAssigned =
          depth == 0
          && (after == "=" && next != "=" || after == "," && isAssignment
            || next == "=" && "+-*/%:".contains(after))
        if isParameter || isLoop || isAssigned || ["as", "class"].contains(before) {
          own.insert(token.text)
        }
      }
    }
    return own
  }
}

/// The traits of a piece of Python that do not depend on its own names: the names it calls and
/// imports, its keywords, and the calls inside each kind of block.
struct CodeTraits: Equatable {
  /// A feature that two pieces of code can have in common.
  enum Trait: Hashable {
    case imports(String)
    case calls(String)
    case attribute(String)
    case argument(String)
    case keyword(String)
    case operation(String)
    /// A call inside a block that a keyword begins.
    case callInBlock(keyword: String, name: String)
  }

  private(set) var traits: Set<Trait> = []
  /// The words in the names that the code defines.
  private(set) var ownWords: Set<String> = []
  /// The number of lines with code.
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
    var block = ""
    for line in tokens { read(line, own: own, block: &block) }
  }

  /// Whether a line is only a string or a part of one.
  private static func isText(_ line: [Token]) -> Bool { line.allSatisfy { $0.kind == .string } }

  private static let blockKeywords: Set<String> = ["with", "while", "if", "except", "for"]

  private mutating func read(_ line: [Token], own: Set<String>, block: inout String) {
    let isImport = ["import", "from"].contains(line[0].text)
    if line[0].text == "def" { block = "" }
    if Self.blockKeywords.contains(line[0].text) { block = line[0].text }
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
          read(token.text, isAttribute: before == ".", after: after, block: block)
        }
      default: break
      }
    }
  }

  private mutating func read(_ name: String, isAttribute: Bool, after: String, block: String) {
    if after == "(" {
      traits.insert(.calls(name))
      if isAttribute, !block.isEmpty {
        traits.insert(.callInBlock(keyword: block, name: name))
      }
    } else if after == "=" {
      traits.insert(.argument(name))
    } else if isAttribute {
      traits.insert(.attribute(name))
    }
  }

  /// The names that the code defines: functions, parameters, variables and loop variables.
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

/// The shape of a single line: prose, or code that may have lost its fence.
enum CodeShape: Equatable {
  enum Language: Equatable {
    case python, shell, other
  }

  case prose
  /// A comment. It is code if there is code next to it.
  case comment
  /// A possible line of code, if its neighbours are code.
  case possible
  case certain(Language)

  var isCode: Bool { if case .certain = self { true } else { false } }
  var isPossible: Bool { self != .prose }

  /// Classifies a line without whitespace at its ends.
  init(of text: String) {
    // Readable lines of code are shorter.
    guard text.utf8.count <= 300 else {
      self = .prose
      return
    }
    self = Self.prompt(text) ?? Self.braced(text) ?? Self.python(text)
  }

  private static func prompt(_ text: String) -> CodeShape? {
    if text.hasPrefix(">>> ") || text == ">>>" { return .certain(.python) }
    guard text.hasPrefix("$ "), text.dropFirst(2).first?.isLetter == true else { return nil }
    return .certain(.shell)
  }

  /// The shape of a line in a language with braces and semicolons, or nil.
  private static func braced(_ text: String) -> CodeShape? {
    if text.hasPrefix("#!/") || directives.contains(where: text.hasPrefix) {
      return .certain(.other)
    }
    if text.hasPrefix("//") || text.hasPrefix("/*") || text.hasPrefix("*/") { return .comment }
    guard let last = text.last else { return nil }
    if text.allSatisfy({ "{}()[];,".contains($0) }) { return .possible }
    let opensBlock = last == "{" && text.contains { "(=".contains($0) || $0 == " " }
    let endsStatement = last == ";" && (isCall(text.dropLast()) || text.contains("="))
    let words = text.split(separator: " ")
    if (opensBlock || endsStatement) && words.count < 12 { return .certain(.other) }
    if last == ";", words.count < 12, let first = words.first {
      let word = first.filter(\.isLetter)
      if bracedStatements.contains(word) || types.contains(word) { return .possible }
    }
    // The signature of a function, or the first line of a query.
    let isSignature = last == ")" && text.contains("(") && words.count < 12
    if let first = words.first {
      if isSignature, types.contains(String(first)) { return .possible }
      if queries.contains(String(first)), words.count > 1 { return .possible }
    }
    return nil
  }

  private static let directives = [
    "#include", "#define", "#undef", "#if ", "#ifdef", "#ifndef", "#endif", "#pragma",
  ]
  private static let bracedStatements: Set<String> = ["return", "break", "continue", "goto"]
  private static let types: Set<String> = [
    "void", "int", "char", "bool", "long", "short", "unsigned", "signed", "float", "double",
    "static", "public", "private", "protected", "struct", "const", "fn", "func", "function",
    "string", "String", "auto", "var", "synchronized", "if", "while", "switch",
  ]
  private static let queries: Set<String> = [
    "SELECT", "FROM", "WHERE", "ORDER", "GROUP", "INSERT", "UPDATE", "DELETE", "CREATE", "JOIN",
    "VALUES",
  ]

  /// Whether a text ends with a bracket that opens directly after a word, unlike in a sentence.
  private static func isCall(_ text: Substring) -> Bool {
    guard text.last == ")", let open = text.firstIndex(of: "("), open > text.startIndex else {
      return false
    }
    return !text[text.index(before: open)].isWhitespace
  }

  // MARK: Python

  private static let statements: Set<String> = [
    "return", "yield", "raise", "pass", "break", "continue", "global", "nonlocal", "del",
    "assert", "await",
  ]
  private static let openers: Set<String> = [
    "if", "elif", "while", "with", "for", "except", "try", "else", "finally", "async", "match",
    "case",
  ]

  private static func python(_ text: String) -> CodeShape {
    if text.hasPrefix("#") { return .comment }
    let first = text.prefix { $0.isLetter }
    let isKeyword =
      ["import", "from"].contains(first) || statements.contains(String(first))
    guard isKeyword || text.utf8.contains(where: Set("=()[]{}:@\"'".utf8).contains) else {
      return .prose
    }
    let code = PythonLine(text)
    guard let first = code.words.first else { return .prose }
    switch first {
    case "import": return code.isImport ? .certain(.python) : .prose
    case "from": return code.isFromImport ? .certain(.python) : .prose
    case "def": return code.words.contains("(") && code.words.count > 3 ? .certain(.python) : .prose
    case "class":
      return code.words.last == ":" && code.isExpression ? .certain(.python) : .prose
    case "@": return code.isExpression && code.words.count > 1 ? .possible : .prose
    case _ where code.words.last == ":" && openers.contains(first): return code.opener
    case _ where statements.contains(first): return code.isExpression ? .possible : .prose
    default: break
    }
    if code.isAssignment { return .certain(.python) }
    if code.isCall { return code.isPlainCall ? .possible : .certain(.python) }
    // A part of a list or call that spans several lines.
    let isPart = code.isExpression && [",", "(", "[", "{", ")", "]", "}"].contains(code.words.last)
    return isPart && code.words.count > 1 ? .possible : .prose
  }
}

/// A line as Python tokens, without comments and spaces.
struct PythonLine {
  let tokens: [Token]
  let words: [String]

  init(_ text: String) {
    tokens = PythonHighlighter.lines(of: text).joined()
      .filter { $0.kind != .comment && !$0.text.allSatisfy(\.isWhitespace) }
    words = tokens.map(\.text)
  }

  /// The number of brackets that the line opens minus those that it closes.
  var depth: Int {
    tokens.reduce(0) { depth, token in
      guard token.kind == .operator else { return depth }
      return "([{".contains(token.text) ? depth + 1 : ")]}".contains(token.text) ? depth - 1 : depth
    }
  }

  private static func isOperand(_ token: Token) -> Bool {
    switch token.kind {
    case .string, .number, .builtin, .function: true
    case .plain: token.text.first.map { $0.isLetter || $0 == "_" } ?? false
    default: ["True", "False", "None"].contains(token.text)
    }
  }

  /// Whether no two names, numbers or strings are adjacent, unlike the words of a sentence.
  private static func isExpression(_ tokens: some Sequence<Token>) -> Bool {
    var wasOperand = false
    var wasString = false
    for token in tokens {
      let isOperand = isOperand(token)
      let isUnknown = token.kind == .plain && !isOperand
      if isUnknown || (isOperand && wasOperand && !(wasString && token.kind == .string)) {
        return false
      }
      wasOperand = isOperand || [")", "]", "}"].contains(token.text)
      wasString = token.kind == .string
    }
    return true
  }

  var isExpression: Bool { Self.isExpression(tokens) }

  var isImport: Bool {
    tokens.count > 1 && isExpression
      && tokens.dropFirst().allSatisfy {
        Self.isOperand($0) && $0.kind != .string || [".", ",", "as", "*"].contains($0.text)
      }
  }

  var isFromImport: Bool {
    guard let place = words.firstIndex(of: "import"), place > 1, place + 1 < tokens.count else {
      return false
    }
    return Self.isExpression(tokens[1..<place]) && Self.isExpression(tokens[(place + 1)...])
  }

  /// The shape of a line that opens a block, such as `for n in range(3):`. With only words before
  /// the colon it might be a sentence.
  var opener: CodeShape {
    let inside = tokens.dropFirst().dropLast()
    guard Self.isExpression(inside) else { return .prose }
    if words.first == "for", !words.contains("in") { return .prose }
    if inside.isEmpty {
      return ["try", "else", "finally", "except"].contains(words.first) ? .certain(.python) : .prose
    }
    let hasCode = inside.contains {
      $0.kind == .operator || $0.kind == .string || $0.kind == .number || $0.text.contains("_")
        || $0.text == "not"
    }
    return hasCode ? .certain(.python) : .possible
  }

  var isAssignment: Bool {
    guard let place = words.firstIndex(of: "="), place > 0, place + 1 < tokens.count else {
      return false
    }
    guard words[place + 1] != "=", let first = tokens.first, Self.isOperand(first),
      first.kind != .string, first.kind != .number
    else { return false }
    let comparing: Set = ["<", ">", "!"]
    guard !comparing.contains(words[place - 1]), place <= 16 else { return false }
    return Self.isExpression(tokens[..<place]) && Self.isExpression(tokens[(place + 1)...])
  }

  /// Whether the line is a call of a name, which may have others and dots before it.
  var isCall: Bool {
    guard let open = words.firstIndex(of: "("), open > 0, isExpression else { return false }
    let isPath = tokens[..<open].allSatisfy { Self.isOperand($0) || $0.text == "." }
    return isPath && [")", "(", ",", "["].contains(words.last)
  }

  /// Whether the call could be a word with a bracket, as in "thread(s)".
  var isPlainCall: Bool {
    tokens.count == 4 && tokens[0].kind == .function && tokens[2].kind == .plain
  }
}

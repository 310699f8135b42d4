/// Splits Python code into tokens for display. It accepts any text and never loses a character.
public enum PythonHighlighter {
  /// The tokens of each line. Joined with newlines they are the code again. O(length of the code).
  public static func lines(of code: String) -> [[Token]] {
    var lexer = PythonLexer(code)
    return lexer.lines()
  }
}

/// One pass over a piece of code.
private struct PythonLexer {
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var finished: [[Token]] = []
  private var line: [Token] = []
  /// The previous word, if only spaces follow it so far.
  private var previousWord = ""
  private var isAfterDot = false

  init(_ code: String) {
    scalars = Array(code.unicodeScalars)
  }

  mutating func lines() -> [[Token]] {
    while position < scalars.count { next() }
    return finished + [line]
  }

  private mutating func next() {
    let scalar = scalars[position]
    switch scalar {
    case "\n": emit(through: position + 1, .plain)
    case "#": emit(through: end(of: position) { $0 != "\n" }, .comment)
    case "\"", "'": string(from: position)
    case _ where scalar.isDigit: number()
    case "." where peek(1)?.isDigit == true: number()
    case _ where scalar.isNameStart: word()
    case _ where scalar.isSpace:
      emit(through: end(of: position) { $0.isSpace && $0 != "\n" }, .plain)
    default:
      previousWord = ""
      isAfterDot = scalar == "."
      emit(through: position + 1, Self.operators.contains(scalar) ? .operator : .plain)
    }
  }

  private mutating func word() {
    let stop = end(of: position) { $0.isNameStart || $0.isDigit }
    var word = ""
    for scalar in scalars[position..<stop] { word.unicodeScalars.append(scalar) }
    if stop < scalars.count, scalars[stop] == "\"" || scalars[stop] == "'",
      Self.stringPrefixes.contains(word.lowercased())
    {
      string(from: stop)
      return
    }
    let isDefined = previousWord == "def"
    let kind: Token.Kind =
      if isDefined {
        .function
      } else if !isAfterDot, Self.keywords.contains(word) {
        .keyword
      } else if !isAfterDot, Self.builtins.contains(word) {
        .builtin
      } else if stop < scalars.count, scalars[stop] == "(", previousWord != "class" {
        .function
      } else {
        .plain
      }
    emit(through: stop, kind)
    previousWord = word
    isAfterDot = false
  }

  private mutating func number() {
    var stop = position
    while stop < scalars.count {
      let isSign = scalars[stop] == "+" || scalars[stop] == "-"
      let isHexadecimal =
        scalars[position] == "0" && peek(1).map { "xX".unicodeScalars.contains($0) } == true
      let isAfterExponent = stop > position && "eE".unicodeScalars.contains(scalars[stop - 1])
      guard
        scalars[stop].isDigit || scalars[stop].isNameStart || scalars[stop] == "."
          || (isSign && isAfterExponent && !isHexadecimal)
      else { break }
      stop += 1
    }
    emit(through: stop, .number)
    previousWord = ""
    isAfterDot = false
  }

  /// Emits a string with its prefix. Its opening quote is at `quote`. An unclosed string ends with
  /// its line, or with the code if it is triple-quoted.
  private mutating func string(from quote: Int) {
    let mark = scalars[quote]
    let isTriple =
      quote + 2 < scalars.count && scalars[quote + 1] == mark && scalars[quote + 2] == mark
    let length = isTriple ? 3 : 1
    var stop = quote + length
    while stop < scalars.count {
      if scalars[stop] == "\\" {
        stop += 2
      } else if scalars[stop] == "\n", !isTriple {
        break
      } else if isClosing(at: stop, mark: mark, length: length) {
        stop += length
        break
      } else {
        stop += 1
      }
    }
    emit(through: min(stop, scalars.count), .string)
    previousWord = ""
    isAfterDot = false
  }

  private func isClosing(at start: Int, mark: Unicode.Scalar, length: Int) -> Bool {
    start + length <= scalars.count
      && scalars[start..<start + length].allSatisfy { $0 == mark }
  }

  private func peek(_ distance: Int) -> Unicode.Scalar? {
    position + distance < scalars.count ? scalars[position + distance] : nil
  }

  private func end(of start: Int, while belongs: (Unicode.Scalar) -> Bool) -> Int {
    var stop = start
    while stop < scalars.count, belongs(scalars[stop]) { stop += 1 }
    return stop
  }

  /// Emits the text before `stop` as one token per line.
  private mutating func emit(through stop: Int, _ kind: Token.Kind) {
    var text = String.UnicodeScalarView()
    for scalar in scalars[position..<stop] {
      if scalar == "\n" {
        if !text.isEmpty { line.append(Token(String(text), kind)) }
        text = String.UnicodeScalarView()
        finished.append(line)
        line = []
        previousWord = ""
        isAfterDot = false
      } else {
        text.append(scalar)
      }
    }
    if !text.isEmpty { line.append(Token(String(text), kind)) }
    position = stop
  }

  private static let operators = Set("+-*/%@&|^~<>=!.,:;()[]{}".unicodeScalars)
  private static let stringPrefixes: Set<String> = [
    "r", "b", "u", "f", "t", "rb", "br", "rf", "fr", "rt", "tr",
  ]
  private static let keywords: Set<String> = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class",
    "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if",
    "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try",
    "while", "with", "yield",
  ]
  private static let builtins: Set<String> = [
    "abs", "all", "any", "bool", "bytearray", "bytes", "callable", "chr", "dict", "dir", "divmod",
    "enumerate", "eval", "exec", "filter", "float", "format", "frozenset", "getattr", "globals",
    "hasattr", "hash", "help", "hex", "id", "input", "int", "isinstance", "issubclass", "iter",
    "len", "list", "locals", "map", "max", "memoryview", "min", "next", "object", "oct", "open",
    "ord", "pow", "print", "property", "range", "repr", "reversed", "round", "set", "setattr",
    "slice", "sorted", "staticmethod", "classmethod", "str", "sum", "super", "tuple", "type",
    "vars", "zip", "__name__", "self", "IndexError", "ValueError", "TypeError", "KeyError",
    "Exception", "RuntimeError", "TimeoutError", "OSError",
  ]
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }

  // Both properties check ASCII first, because Unicode's tables are slow and most code is ASCII.

  /// Whether a name may begin with this scalar. As in Python, non-ASCII letters are allowed.
  fileprivate var isNameStart: Bool {
    guard isASCII else { return properties.isXIDContinue }
    return self == "_" || ("a"..."z").contains(self) || ("A"..."Z").contains(self)
  }

  fileprivate var isSpace: Bool {
    isASCII ? self == " " || ("\t"..."\r").contains(self) : properties.isWhitespace
  }
}

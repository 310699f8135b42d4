/// A line that begins with a number and so may be a heading: "1 . Threads", "(3) Pools", "Part III",
/// "Section 2.1: Locks".
struct NumberedLine: Equatable {
  /// The style of the number. Only numbers of the same style can be consecutive.
  enum Style: Hashable {
    /// Digits in one or more parts, separated by dots.
    case decimal(parts: Int, mark: Mark)
    case roman(mark: Mark, isUpper: Bool)
    case letter(mark: Mark, isUpper: Bool)
    /// Any number after a word such as "Chapter".
    case word(String, parts: Int)
  }

  /// The punctuation around a number.
  enum Mark: Hashable {
    case dot, bracket, brackets, bare
  }

  let style: Style
  /// The parts of the number.
  let path: [Int]
  /// The text after the number and its punctuation.
  let title: String

  /// Whether the value of the number is enough, so that a title can omit it.
  var isPlainNumber: Bool {
    switch style {
    case .decimal(let parts, _): parts == 1
    case .roman: true
    case .letter, .word: false
    }
  }

  /// All possible readings of a line's number, because "C." may be a letter or a hundred. Empty for
  /// other lines.
  static func candidates(of text: String) -> [NumberedLine] {
    guard text.utf8.count <= 200, let first = text.first else { return [] }
    if first == "(" { return bracketed(text) }
    if first.isNumber { return [decimal(text)].compactMap { $0 } }
    let word = text.prefix { $0.isLetter }
    if Self.words.contains(word.lowercased()) {
      return [after(word: String(word), rest: text.dropFirst(word.count))].compactMap { $0 }
    }
    return word.count <= 7 ? lettered(text, word) : []
  }

  private static let words: Set<String> = [
    "part", "chapter", "section", "lesson", "appendix", "unit", "module", "step", "exercise",
    "day", "week", "topic",
  ]

  private static func bracketed(_ text: String) -> [NumberedLine] {
    guard let close = text.firstIndex(of: ")") else { return [] }
    let inside = text[text.index(after: text.startIndex)..<close]
    let title = text[text.index(after: close)...].trimmed
    guard !title.isEmpty, inside.utf8.count <= 7 else { return [] }
    return readings(of: inside, mark: .brackets, title: title)
  }

  private static func lettered(_ text: String, _ word: Substring) -> [NumberedLine] {
    guard !word.isEmpty, let (mark, title) = mark(text.dropFirst(word.count)), mark != .bare else {
      return []
    }
    return readings(of: word, mark: mark, title: title)
  }

  private static func readings(
    of numeral: Substring, mark: Mark, title: String
  ) -> [NumberedLine] {
    if let number = Int(numeral), numeral.first?.isNumber == true {
      return [
        NumberedLine(style: .decimal(parts: 1, mark: mark), path: [number], title: title)
      ]
    }
    var found: [NumberedLine] = []
    let isUpper = numeral.first?.isUppercase == true
    if let value = roman(numeral) {
      let style = Style.roman(mark: mark, isUpper: isUpper)
      found.append(NumberedLine(style: style, path: [value], title: title))
    }
    if let value = letter(numeral) {
      let style = Style.letter(mark: mark, isUpper: isUpper)
      found.append(NumberedLine(style: style, path: [value], title: title))
    }
    return found
  }

  private static func decimal(_ text: String) -> NumberedLine? {
    guard let (path, rest) = digits(text[...]), let (mark, title) = mark(rest), !title.isEmpty
    else { return nil }
    if mark == .bare {
      // "3 apples" is not a heading, and neither is "1.5 seconds".
      guard let first = title.first, first.isUppercase || (path.count > 1 && !first.isLowercase)
      else { return nil }
    }
    return NumberedLine(style: .decimal(parts: path.count, mark: mark), path: path, title: title)
  }

  /// Digits separated by single dots, and the rest of the text. At most four parts of three digits.
  private static func digits(_ text: Substring) -> (path: [Int], rest: Substring)? {
    var rest = text
    var path: [Int] = []
    while true {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard !digits.isEmpty, digits.count <= 3, let value = Int(digits) else { return nil }
      path.append(value)
      rest = rest.dropFirst(digits.count)
      guard path.count < 4, rest.first == ".", rest.dropFirst().first?.isNumber == true else {
        return (path, rest)
      }
      rest = rest.dropFirst()
    }
  }

  /// The punctuation after a number and the title after it, or nil if a word directly follows.
  private static func mark(_ text: Substring) -> (mark: Mark, title: String)? {
    let rest = text.drop { $0.isWhitespace }
    let hasSpace = rest.count < text.count
    switch rest.first {
    case ".", ":":
      let title = rest.dropFirst()
      return title.first.map(\.isWhitespace) ?? true ? (.dot, title.trimmed) : nil
    case ")":
      let title = rest.dropFirst()
      return title.first.map(\.isWhitespace) ?? true ? (.bracket, title.trimmed) : nil
    case "-", "–", "—":
      let title = rest.dropFirst()
      return hasSpace && title.first?.isWhitespace == true ? (.dot, title.trimmed) : nil
    case nil: return (.bare, "")
    default: return hasSpace ? (.bare, rest.trimmed) : nil
    }
  }

  private static func after(word: String, rest: Substring) -> NumberedLine? {
    let rest = rest.drop { $0.isWhitespace }
    let numeral = rest.prefix { $0.isLetter }
    let path: [Int]
    let after: Substring
    if numeral.isEmpty {
      guard let found = digits(rest) else { return nil }
      (path, after) = found
    } else {
      guard
        let value = roman(numeral) ?? letter(numeral)
          ?? numberWords.firstIndex(of: numeral.lowercased()).map({ $0 + 1 })
      else { return nil }
      (path, after) = ([value], rest.dropFirst(numeral.count))
    }
    guard let (mark, title) = mark(after) else { return nil }
    // "Chapter 4 describes" is part of a sentence.
    if mark == .bare, let first = title.first, !first.isUppercase { return nil }
    return NumberedLine(
      style: .word(word.lowercased(), parts: path.count), path: path, title: title)
  }

  private static let numberWords = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
  ]

  private static func letter(_ text: Substring) -> Int? {
    guard text.utf8.count == 1, let byte = text.lowercased().utf8.first,
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    else { return nil }
    return Int(byte - UInt8(ascii: "a")) + 1
  }

  /// The value of a Roman numeral in one case, or nil for other text such as "iix".
  static func roman(_ text: Substring) -> Int? {
    let isUniform = text.allSatisfy(\.isUppercase) || text.allSatisfy(\.isLowercase)
    guard isUniform, text.utf8.count <= 7 else { return nil }
    var value = 0
    var digits: [Int] = []
    for letter in text.uppercased() {
      guard let digit = romanDigits[letter] else { return nil }
      digits.append(digit)
    }
    for (index, digit) in digits.enumerated() {
      let next = index + 1 < digits.count ? digits[index + 1] : 0
      value += digit < next ? -digit : digit
    }
    guard value > 0, numeral(value) == text.uppercased() else { return nil }
    return value
  }

  private static let romanDigits: [Character: Int] = ["I": 1, "V": 5, "X": 10, "L": 50, "C": 100]

  private static func numeral(_ value: Int) -> String {
    let signs = [
      (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"),
      (1, "I"),
    ]
    var rest = value
    var text = ""
    for (worth, sign) in signs {
      while rest >= worth {
        text += sign
        rest -= worth
      }
    }
    return text
  }
}

extension Substring {
  /// The text without whitespace at either end.
  var trimmed: String { String(self).trimmed }
}

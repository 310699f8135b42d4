/// The words after the fence of a code block: its language, its listing, and anything else.
///
/// The language is the first word, and attributes are no file. Each of these is Python:
/// `python {1,3} title="a.py"`, `python,ignore`, `{.python .numberLines}` as in Pandoc,
/// `{python, echo=FALSE}` as in R Markdown, and `{code-cell} python` as in MyST.
struct FenceInfo {
  /// The language, or nil.
  let language: String?
  /// The listing that contains the code: a second word that names a Python file. Nil if there is
  /// none.
  let listing: String?
  /// The remaining words as written, such as a title, or nil.
  let rest: String?

  /// The directives of MyST whose argument is the language of the code.
  private static let directives: Set = ["code", "code-block", "code-cell", "sourcecode"]
  /// The prefixes of a language in the style of HTML classes.
  private static let prefixes = ["language-", "lang-", "."]

  init(_ info: String) {
    let info = info.trimmed
    if info.hasPrefix("{") {
      self.init(braced: info)
    } else {
      self.init(plain: info)
    }
  }

  private init(language: String, listing: String? = nil, rest: String) {
    let prefix = Self.prefixes.first { language.hasPrefix($0) } ?? ""
    let name = String(language.dropFirst(prefix.count))
    self.language = name.isEmpty ? nil : name
    self.listing = listing
    let trimmed = rest.trimmed
    self.rest = trimmed.isEmpty ? nil : trimmed
  }

  private init(plain info: String) {
    let first = info.prefix { !$0.isWhitespace && $0 != "{" }
    // Rust has `rust,ignore`, many sites have `python:file.py`, and HackMD has `python=`.
    let name = first.prefix { $0 != "," && $0 != ":" && $0 != "=" }
    var after = info[name.endIndex...]
    if first.contains("\"") || first.contains("'") || name.isEmpty {
      self.init(language: "", rest: info)
      return
    }
    if after.first == ":" || after.first == "," || after.first == "=" { after = after.dropFirst() }
    let rest = after.drop(while: \.isWhitespace)
    let second = rest.prefix { !$0.isWhitespace }
    guard Self.isListing(second) else {
      self.init(language: String(name), rest: String(rest))
      return
    }
    self.init(
      language: String(name), listing: String(second), rest: String(rest[second.endIndex...]))
  }

  private init(braced info: String) {
    let inside = info.dropFirst().prefix { $0 != "}" }
    let after = String(info[inside.endIndex...].dropFirst()).trimmed
    var words = inside.split { $0.isWhitespace || $0 == "," }.map(String.init)
    if let first = words.first, Self.directives.contains(first) {
      let name = after.prefix { !$0.isWhitespace }
      let others = words.dropFirst().joined(separator: " ")
      self.init(language: String(name), rest: "\(others) \(after[name.endIndex...])")
      return
    }
    let isName = { (word: String) in
      !word.contains("=") && !word.hasPrefix("#") && word.contains(where: \.isLetter)
    }
    let place = words.firstIndex { $0.hasPrefix(".") } ?? words.firstIndex(where: isName)
    let language = place.map { words.remove(at: $0) } ?? ""
    // The words keep their commas and quotes only if no word is taken out of their middle.
    let others =
      place == 0
      ? String(inside.drop(while: \.isWhitespace).dropFirst(language.count))
        .drop { $0.isWhitespace || $0 == "," }
      : words.joined(separator: " ")[...]
    self.init(language: language, rest: "\(others) \(after)")
  }

  private static func isListing(_ word: Substring) -> Bool {
    word.hasSuffix(".py") && !word.contains { "{}=\"'".contains($0) } && word.first != "."
  }
}

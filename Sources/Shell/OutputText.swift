import Glibc
public import Screen

/// Makes text safe for standard output and standard error: no control characters, and only ASCII in
/// a locale without UTF-8.
public enum OutputText {
  /// Whether the locale uses UTF-8. If the locale is not installed, its name decides.
  public static let isUTF8: Bool = {
    guard let locale = newlocale(1 << LC_CTYPE, "", nil) else {
      return LocaleName { getenv($0).map { String(cString: $0) } }.promisesUTF8
    }
    defer { freelocale(locale) }
    return nl_langinfo_l(nl_item(CODESET), locale).map { String(cString: $0) } == "UTF-8"
  }()

  /// The text as it is written.
  public static func shown(_ text: String, newlines: Sanitizer.Newlines = .kept) -> String {
    isUTF8
      ? Sanitizer.displaySafe(text, newlines: newlines)
      : Sanitizer.asciiText(text, newlines: newlines)
  }
}

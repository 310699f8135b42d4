/// The name of the locale, as the environment gives it.
public struct LocaleName: Hashable, Sendable {
  /// The variables that name it. The first one that is set counts.
  public static let variables = ["LC_ALL", "LC_CTYPE", "LANG"]

  /// The name, or nil if no variable is set.
  public let text: String?

  /// - Parameter variable: Returns the value of a variable, or nil if it is unset.
  public init(_ variable: (String) -> String?) {
    text = Self.variables.compactMap(variable).first { !$0.isEmpty }
  }

  /// Whether the name promises UTF-8, even if that locale is not installed.
  public var promisesUTF8: Bool {
    let name = (text ?? "").prefix { $0 != "@" }.lowercased()
    return name.hasSuffix(".utf-8") || name.hasSuffix(".utf8")
  }

  /// Whether the locale is the one that has only ASCII, by choice.
  public var isPlainC: Bool { text == "C" || text == "POSIX" }
}

/// By what a file's name says that it holds Markdown.
public enum MarkdownName {
  /// The endings of such names, in small letters.
  public static let endings: Set = [
    "md", "markdown", "mdown", "mkd", "mkdn", "mdx", "qmd", "rmd",
  ]

  /// Whether the file at a path is one, by its name.
  public static func isOne(_ path: String) -> Bool {
    let file = path.split(separator: "/").last ?? ""
    guard file.contains("."), let ending = file.split(separator: ".").last else { return false }
    return endings.contains(ending.lowercased())
  }
}

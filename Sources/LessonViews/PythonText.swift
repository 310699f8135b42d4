package import LessonKit
package import Screen

/// Highlighted Python code.
package enum PythonText {
  package static func styled(_ tokens: [Token]) -> StyledText {
    tokens.reduce(into: StyledText()) { $0.append($1.text, style(of: $1.kind)) }
  }

  private static func style(of kind: Token.Kind) -> Style {
    switch kind {
    case .keyword: .keyword
    case .builtin, .function: .function
    case .string: .string
    case .comment: .comment
    case .number: .number
    case .operator, .plain: .text
    }
  }

  /// Returns the lines of a code block without their common indent; only Python is highlighted.
  package static func lines(of code: CodeBlock) -> [StyledText] {
    let lines = code.text.split(separator: "\n", omittingEmptySubsequences: false)
    let inked = lines.filter { $0.contains { $0 != " " } }
    let margin = inked.map { $0.prefix { $0 == " " }.count }.min() ?? 0
    let text = lines.map { String($0.dropFirst(margin)) }
    guard code.isPython else {
      return text.map { StyledText($0, .code) }
    }
    return PythonHighlighter.lines(of: text.joined(separator: "\n")).map(styled)
  }

  /// Wraps a line of code; the following lines have a deeper indent.
  package static func wrapped(_ line: StyledText, to width: Int) -> [StyledText] {
    guard line.columns > width else { return [line] }
    let margin = line.plain.prefix { $0 == " " }.count
    return line.wrapped(to: width, hangingIndent: margin + 4)
  }
}

internal import JSON

/// A Jupyter notebook as Markdown: its cells in order, with their outputs if they are text. Nothing is
/// run, and no image in it is opened.
struct Notebook {
  let markdown: String

  /// Whether a text looks like a notebook, broken or not.
  static func matches(_ text: String, ending: String) -> Bool {
    guard text.prefix(200).drop(while: \.isWhitespace).first == "{" else { return false }
    if ending == "ipynb" { return true }
    return text.contains("\"nbformat\"") && text.contains("\"cells\"")
      && text.contains("\"cell_type\"")
  }

  /// - Throws: `NotebookError` if the text is no JSON document, or has no cells.
  init(_ text: String) throws(NotebookError) {
    let document: JSONValue
    do {
      document = try JSONValue(parsing: Array(text.utf8))
    } catch {
      throw NotebookError(line: error.line, problem: error.problem)
    }
    let sheets = document["worksheets"]?.items
    let cells = document["cells"]?.items ?? sheets?.flatMap { $0["cells"]?.items ?? [] }
    guard let cells else { throw NotebookError(line: 1, problem: "it has no cells") }
    let metadata = document["metadata"]
    let language =
      metadata?["kernelspec"]?["language"]?.string
      ?? metadata?["language_info"]?["name"]?.string ?? cells.lazy.compactMap {
        $0["language"]?.string
      }.first ?? "python"
    var parts: [String] = []
    for cell in cells { parts += Self.parts(of: cell, language: language.lowercased()) }
    if let title = metadata?["title"]?.string, !parts.contains(where: { $0.hasPrefix("# ") }) {
      parts.insert("# " + MarkdownText.plain(title), at: 0)
    }
    markdown = parts.joined(separator: "\n\n")
  }

  private static func parts(of cell: JSONValue, language: String) -> [String] {
    let source = cell["source"]?.lines ?? cell["input"]?.lines ?? ""
    switch cell["cell_type"]?.string {
    case "markdown": return source.isEmpty ? [] : [closingFence(source)]
    case "heading":
      let level: Int = if case .number(let level)? = cell["level"] { level } else { 1 }
      return [String(repeating: "#", count: max(1, min(6, level))) + " " + source]
    case "code":
      let code = source.isEmpty ? [] : [fenced(source, Self.language(of: source) ?? language)]
      return code + (cell["outputs"]?.items ?? []).flatMap(output)
    default: return source.isEmpty ? [] : [fenced(source, "")]
    }
  }

  /// The language that a cell's first line names, such as `%%bash`.
  private static func language(of source: String) -> String? {
    guard source.hasPrefix("%%") else { return nil }
    let name = source.dropFirst(2).prefix { $0.isLetter || $0.isNumber }
    let known = [
      "bash", "sh", "html", "javascript", "js", "latex", "markdown", "perl", "ruby", "sql",
    ]
    return known.contains(String(name)) ? String(name) : nil
  }

  private static func output(_ output: JSONValue) -> [String] {
    var text = ""
    switch output["output_type"]?.string {
    case "stream": text = output["text"]?.lines ?? ""
    case "error", "pyerr":
      let traceback = output["traceback"]?.items?.compactMap(\.string).joined(separator: "\n")
      let name = output["ename"]?.string ?? ""
      let value = output["evalue"]?.string ?? ""
      text = withoutColors(traceback ?? "")
      if text.isEmpty { text = "\(name): \(value)" }
    default:
      let data = output["data"] ?? output
      text = (data["text/plain"] ?? data["text"])?.lines ?? ""
      if text.isEmpty { text = (data["text/html"] ?? data["text/latex"])?.lines ?? "" }
    }
    while text.last?.isNewline ?? false { text.removeLast() }
    return text.isEmpty ? [] : [fenced(text, "text")]
  }

  private static func fenced(_ text: String, _ language: String) -> String {
    let fence = String(repeating: "`", count: max(3, MarkdownText.longestRun(in: text) + 1))
    let name = language.filter { $0.isLetter || $0.isNumber || "+-#_".contains($0) }
    return fence + name + "\n" + text + (text.hasSuffix("\n") ? "" : "\n") + fence
  }

  /// A cell with an open fence must not swallow the cells below it.
  private static func closingFence(_ source: String) -> String {
    var open: (mark: Character, count: Int)?
    for line in source.split(separator: "\n") {
      let text = line.drop { $0 == " " }
      guard let mark = text.first, mark == "`" || mark == "~" else { continue }
      let count = text.prefix { $0 == mark }.count
      guard count >= 3 else { continue }
      if let fence = open {
        let isEnd = mark == fence.mark && count >= fence.count
        if isEnd, text.dropFirst(count).allSatisfy(\.isWhitespace) { open = nil }
      } else if mark == "~" || !text.dropFirst(count).contains("`") {
        open = (mark, count)
      }
    }
    guard let open else { return source }
    return source + "\n" + String(repeating: open.mark, count: open.count)
  }

  /// The text without the sequences that colour it on a terminal.
  private static func withoutColors(_ text: String) -> String {
    guard text.contains("\u{1B}") else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "\u{1B}") {
      result += rest[..<start]
      rest = rest[rest.index(after: start)...]
      guard rest.first == "[" else { continue }
      let end = rest.dropFirst().prefix { $0.isNumber || $0 == ";" }.endIndex
      rest = end < rest.endIndex ? rest[rest.index(after: end)...] : rest[end...]
    }
    return result + rest
  }
}

/// Why a notebook cannot be read.
struct NotebookError: Error {
  let line: Int
  let problem: String
}

extension JSONValue {
  fileprivate var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  fileprivate var items: [JSONValue]? {
    if case .array(let values) = self { values } else { nil }
  }

  /// A text, which a notebook may hold as one string or as a list of lines. In old notebooks, these
  /// have no newlines.
  fileprivate var lines: String? {
    if let string { return string }
    guard let lines = items?.compactMap(\.string) else { return nil }
    let isOld = lines.count > 1 && !lines.dropLast().contains { $0.hasSuffix("\n") }
    return lines.joined(separator: isOld ? "\n" : "")
  }
}

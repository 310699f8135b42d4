/// The Markdown of a document, line by line: a line of Markdown is at the place of the line that it
/// comes from, so that the places in messages are right.
struct MarkdownLines {
  private var lines: [String]
  /// Lines that had no place of their own, by the index of the line before.
  private var added: [Int: [String]] = [:]
  /// The beginnings of lines that differ from those of their block, such as a list's marker.
  private var beginnings: [Int: String] = [:]

  init(count: Int) { lines = Array(repeating: "", count: count) }

  /// The text that is written at the place of a line.
  func text(at index: Int) -> String { lines[index] }

  /// Moves written lines up over the blank lines between them.
  mutating func closeGaps(_ indices: [Int]) {
    let written = indices.map { lines[$0] }.filter { !$0.allSatisfy { $0 == " " || $0 == ">" } }
    for (offset, index) in indices.enumerated() {
      lines[index] = offset < written.count ? written[offset] : ""
    }
  }

  /// Whether nothing is written at the place of a line.
  func isFree(_ index: Int) -> Bool {
    lines.indices.contains(index) && lines[index].allSatisfy { $0 == " " || $0 == ">" }
  }

  /// Writes a line of a block.
  mutating func write(_ text: String, at index: Int, in prefix: String) {
    let beginning = beginnings[index] ?? prefix
    var line = beginning + text
    if text.isEmpty, beginnings[index] == nil { while line.last == " " { line.removeLast() } }
    lines[index] = line
  }

  /// Begins a line with the marker of a list item.
  mutating func mark(_ index: Int, _ marker: String, in prefix: String) {
    beginnings[index] = (beginnings[index] ?? prefix) + marker
    lines[index] = beginnings[index] ?? ""
  }

  /// Writes the head of a note, which begins a quote. If the line of the note has text, the head needs
  /// the line above. Returns false if that line is not free.
  /// - Parameter kind: The kind, such as `note`.
  mutating func writeNote(
    _ kind: String, title: String, at index: Int, hasText: Bool, in prefix: String
  ) -> Bool {
    let place = hasText ? index - 1 : index
    if hasText {
      guard place >= 0, isFree(place), beginnings[place] == nil, !reserved.contains(place),
        place == 0 || !lines[place - 1].contains(">")
      else { return false }
    }
    let head = "[!\(kind.uppercased())]" + (title.isEmpty ? "" : " " + title)
    write(head, at: place, in: prefix + "> ")
    return true
  }

  /// Adds a line below another.
  mutating func add(_ text: String, after index: Int, in prefix: String) {
    added[index, default: []].append(prefix + text)
  }

  /// Writes code between fences. The fences take the free lines around it if there are any.
  /// - Parameter before: a line above the code that is free, or nil.
  mutating func writeCode(
    _ code: ArraySlice<MarkupLine>, language: String, before: Int?, in prefix: String
  ) {
    guard let first = code.first, let last = code.last else { return }
    let longest = code.map { MarkdownText.longestRun(in: $0.text) }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    let opening = fence + language.filter { $0 != "`" }
    if let before, isFree(before) {
      write(opening, at: before, in: prefix)
      for line in code { write(String(line.text), at: line.index, in: prefix) }
    } else if language.isEmpty, first.index > 0, reserved.contains(first.index - 1) {
      // Below other code, indentation is enough.
      for line in code where !line.isBlank {
        write("    " + line.text, at: line.index, in: prefix)
      }
      return
    } else {
      // The opening needs a line of its own.
      write(opening, at: first.index, in: prefix)
      add(String(first.text), after: first.index, in: prefix)
      for line in code.dropFirst() { write(String(line.text), at: line.index, in: prefix) }
    }
    for index in first.index...last.index where isFree(index) { keepInside(index, prefix) }
    if last.index + 1 < lines.count, isFree(last.index + 1), beginnings[last.index + 1] == nil {
      reserved.insert(last.index + 1)
      lines[last.index + 1] = prefix + fence
    } else {
      add(fence, after: last.index, in: prefix)
    }
  }

  /// Lines with a closing fence, which later blank lines must not overwrite.
  private var reserved: Set<Int> = []

  private mutating func keepInside(_ index: Int, _ prefix: String) {
    if lines[index].isEmpty, prefix.contains(">") { lines[index] = prefix.trimmedEnd }
  }

  /// Writes a blank line of a block.
  mutating func writeBlank(at index: Int, in prefix: String) {
    guard !reserved.contains(index), beginnings[index] == nil else { return }
    lines[index] = prefix.contains(">") ? prefix.trimmedEnd : ""
  }

  var text: String {
    guard !added.isEmpty else { return lines.joined(separator: "\n") }
    var all: [String] = []
    for (index, line) in lines.enumerated() {
      all.append(line)
      all += added[index] ?? []
    }
    return all.joined(separator: "\n")
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}

/// The Markdown of a document, line by line: a line of Markdown is at the place of the line that it
/// comes from, so that the places in messages are right.
struct MarkdownLines {
  private var lines: [String]
  /// The lines that are blank in the document.
  private let blanks: [Bool]
  /// Lines that had no place of their own, by the index of the line before.
  private var added: [Int: [String]] = [:]
  /// Lines that had no place of their own, by the index of the line after.
  private var above: [Int: [String]] = [:]
  /// The beginnings of lines that differ from those of their block, such as a list's marker.
  private var beginnings: [Int: String] = [:]

  init(_ source: [MarkupLine]) {
    lines = Array(repeating: "", count: source.count)
    blanks = source.map(\.isBlank)
  }

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

  /// Writes the head of a note, which begins a quote. The text of the note may follow at the same line.
  /// - Parameter kind: The kind, such as `note`.
  mutating func writeNote(
    _ kind: String, title: String, at index: Int, hasText: Bool, in prefix: String
  ) {
    let head = "> [!\(kind.uppercased())]" + (title.isEmpty ? "" : " " + title)
    if hasText, !hasPlaceForHead(above: index) {
      separate(index, in: prefix)
      writeAbove(index, head, in: prefix)
      return
    }
    if !hasText { separate(index, in: prefix) }
    write(head, at: hasText ? index - 1 : index, in: prefix)
  }

  /// Whether the line above a note can take its head without joining another quote.
  func hasPlaceForHead(above index: Int) -> Bool {
    let place = index - 1
    return place >= 0 && isFree(place) && beginnings[place] == nil && reserved[place] == nil
      && beginnings[index] == nil && above[index] == nil
      && (place == 0 || !lines[place - 1].contains(">"))
  }

  /// Adds a line above another. It takes the marker of the other line.
  mutating func writeAbove(_ index: Int, _ text: String, in prefix: String) {
    above[index, default: []].append((beginnings[index] ?? prefix) + text)
    beginnings[index] = nil
  }

  /// Ends the quote directly above a line, so that the line does not continue it.
  mutating func separate(_ index: Int, in prefix: String) {
    guard index > 0, beginnings[index] == nil, !isFree(index - 1),
      lines[index - 1].hasPrefix(prefix + ">")
    else { return }
    writeAbove(index, "", in: prefix.trimmedEnd)
  }

  /// Ends a block before the line below it, unless that line is blank in the document.
  mutating func separateBelow(_ index: Int, in prefix: String) {
    guard index + 1 < lines.count, !blanks[index + 1] else { return }
    add("", after: index, in: prefix.trimmedEnd)
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
    let fence = MarkdownText.fence(around: code)
    let opening = fence + language.filter { $0 != "`" }
    if let before, isFree(before), beginnings[first.index] == nil, above[first.index] == nil {
      write(opening, at: before, in: prefix)
      for line in code { write(String(line.text), at: line.index, in: prefix) }
    } else if language.isEmpty, first.index > 0, reserved[first.index - 1] == prefix,
      beginnings[first.index] == nil, above[first.index] == nil
    {
      // Below other code, indentation is enough.
      for line in code where !line.isBlank {
        write("    " + line.text, at: line.index, in: prefix)
      }
      return
    } else {
      // The opening needs a line of its own.
      writeAbove(first.index, opening, in: prefix)
      for line in code { write(String(line.text), at: line.index, in: prefix) }
    }
    for index in first.index...last.index where isFree(index) { keepInside(index, prefix) }
    // Only a line that is blank in the document stays free.
    let next = last.index + 1
    if next < lines.count, blanks[next], isFree(next), beginnings[next] == nil {
      reserved[next] = prefix
      lines[next] = prefix + fence
    } else {
      add(fence, after: last.index, in: prefix)
    }
  }

  /// Lines with a closing fence, which later blank lines must not overwrite, and their prefixes.
  private var reserved: [Int: String] = [:]

  private mutating func keepInside(_ index: Int, _ prefix: String) {
    if lines[index].isEmpty, prefix.contains(">") { lines[index] = prefix.trimmedEnd }
  }

  /// Writes a blank line of a block.
  mutating func writeBlank(at index: Int, in prefix: String) {
    guard reserved[index] == nil, beginnings[index] == nil else { return }
    lines[index] = prefix.contains(">") ? prefix.trimmedEnd : ""
  }

  var text: String {
    guard !added.isEmpty || !above.isEmpty else { return lines.joined(separator: "\n") }
    var all: [String] = []
    for (index, line) in lines.enumerated() {
      all += above[index] ?? []
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

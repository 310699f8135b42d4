internal import Catalog

/// Names one of the step's runs, and values for its parameters.
package struct RunWords: Hashable, Sendable {
  /// The name of a run of the step.
  package enum Which: Hashable, Sendable {
    case index(Int)
    /// The first of the step's runs that has this demo.
    case demo(String)
  }

  /// The run, or nil for the selected one.
  package var which: Which?
  /// Words such as `items=5`.
  package var values: [String] = []

  private static let ordinals = ["first", "second", "third", "fourth", "fifth"]

  /// The ordinal of a run in words, such as `the first`, or `number 6` beyond the fifth.
  package static func ordinal(_ index: Int) -> String {
    ordinals.indices.contains(index) ? "the \(ordinals[index])" : "number \(index + 1)"
  }

  /// The selected run with its current values.
  package init() {}

  package init(index: Int, values: [String] = []) {
    which = .index(index)
    self.values = values
  }

  /// Parses the words after `run`. Nil for a number below 1, a value before the run, or further
  /// words.
  package init?(_ text: String) {
    var words = Self.words(of: text)[...]
    if let word = words.first, ["the", "number"].contains(word.lowercased()), words.count > 1 {
      words = words.dropFirst()
    }
    if let word = words.first, !word.contains("=") {
      words = words.dropFirst()
      if let index = Self.ordinals.firstIndex(of: word.lowercased()) ?? ListNumber.index(in: word) {
        which = .index(index)
      } else if Int(word) != nil {
        return nil
      } else {
        which = .demo(word)
      }
    }
    guard words.allSatisfy({ $0.contains("=") }) else { return nil }
    values = Array(words)
  }

  /// The words of a text. An equals sign joins the words beside it, with or without blanks.
  package static func words(of text: String) -> [String] {
    var words: [String] = []
    var joins = false
    for word in text.split(whereSeparator: \.isWhitespace) {
      if !words.isEmpty, joins || word.hasPrefix("=") {
        words[words.count - 1] += word
      } else {
        words.append(String(word))
      }
      joins = word.hasSuffix("=")
    }
    return words
  }
}

internal import Catalog

/// Finds the demos whose terms a text contains. Longer phrases win over shorter ones inside them.
struct TermIndex: Sendable {
  /// A phrase that a text contains.
  struct Match {
    /// The demo for threads, and the one for processes if that is another.
    let demo: String
    let betweenProcesses: String?
    /// The number of words.
    let length: Int
  }

  private struct Entry {
    let words: [String]
    let terms: DemoTerms
  }

  /// The phrases by their first word, longest first.
  private let entries: [String: [Entry]]

  /// The index of all demos' terms. It is made on first use, because the built-in lessons need none.
  static let ofDemos = TermIndex(DemoTerms.all)

  private init(_ terms: [DemoTerms]) {
    var entries: [String: [Entry]] = [:]
    for terms in terms {
      for phrase in terms.phrases {
        let words = Self.words(of: phrase)
        guard let first = words.first else { continue }
        entries[first, default: []].append(Entry(words: words, terms: terms))
      }
    }
    self.entries = entries.mapValues { $0.sorted { $0.words.count > $1.words.count } }
  }

  /// The phrases in a text, in order.
  func matches(in text: String) -> [Match] {
    let words = Self.words(of: text)
    var found: [Match] = []
    var index = 0
    while index < words.count {
      let entry = entries[words[index]]?.first { words[index...].starts(with: $0.words) }
      if let entry {
        found.append(
          Match(
            demo: entry.terms.demo, betweenProcesses: entry.terms.betweenProcesses,
            length: entry.words.count))
      }
      index += entry?.words.count ?? 1
    }
    return found
  }

  /// The longest text to look at, in bytes. A term that matters comes early.
  private static let maximumLength = 20_000

  /// The words of a text in lower case and in the singular.
  private static func words(of text: String) -> [String] {
    text.prefixOfBytes(maximumLength).lowercased().split { !$0.isLetter && !$0.isNumber }
      .map(singular)
  }

  private static func singular(_ word: Substring) -> String {
    if word.hasSuffix("sses") { return String(word.dropLast(2)) }
    let isPlural = word.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss")
    return String(isPlural ? word.dropLast() : word)
  }

  /// How often a text mentions threads, and how often processes.
  static func threadsAndProcesses(in text: String) -> (threads: Int, processes: Int) {
    (count(of: "thread", in: text), count(of: "process", in: text))
  }

  /// How often letters occur in a text, in any case. Whole documents are searched, and the standard
  /// library's search of strings is too slow for that.
  static func count(of letters: StaticString, in text: String) -> Int {
    letters.withUTF8Buffer { letters in
      var text = text
      return text.withUTF8 { bytes in
        var count = 0
        var index = 0
        while index + letters.count <= bytes.count {
          let isHere = letters.indices.allSatisfy { bytes[index + $0] | 0x20 == letters[$0] }
          if isHere { count += 1 }
          index += isHere ? letters.count : 1
        }
        return count
      }
    }
  }
}

extension String {
  /// The characters in the first bytes of the text.
  fileprivate func prefixOfBytes(_ count: Int) -> Substring {
    utf8.count <= count ? self[...] : self[..<utf8.index(startIndex, offsetBy: count)]
  }
}

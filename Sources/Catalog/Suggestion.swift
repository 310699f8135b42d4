/// Finds the word that the learner probably meant.
public enum Suggestion {
  /// The most similar known word, or nil. A word is similar if it starts with the typed word, or
  /// differs by few edits: one of up to four typed letters, two of up to eight, a third of more.
  public static func closest(to word: String, among known: [String]) -> String? {
    let folded = word.lowercased()
    if folded.count >= 3, let longer = known.first(where: { $0.hasPrefix(folded) }) {
      return longer
    }
    let most = folded.count <= 4 ? 1 : folded.count <= 8 ? 2 : folded.count / 3
    var best: (word: String, distance: Int)?
    for candidate in known {
      // The distance is at least the difference of the lengths, which is quick to compute.
      let limit = min(most, candidate.count - 1, (best?.distance ?? .max) - 1)
      guard abs(candidate.count - folded.count) <= limit else { continue }
      let distance = editDistance(folded, candidate)
      if distance <= limit { best = (candidate, distance) }
    }
    return best?.word
  }

  /// The Levenshtein distance, where a swap of neighbours is one edit.
  static func editDistance(_ first: String, _ second: String) -> Int {
    let a = Array(first.unicodeScalars), b = Array(second.unicodeScalars)
    guard a.count <= 200, b.count <= 200 else { return max(a.count, b.count) }
    var rows = [Array(0...b.count)]
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var best = min(rows[i][j] + (a[i] == b[j] ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, rows[i - 1][j - 1] + 1)
        }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}

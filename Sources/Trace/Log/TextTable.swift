/// The texts of those few events that have some, by the events' indices.
struct TextTable: Sendable {
  /// The indices of the events with texts, ascending, and where the texts of each end.
  private var owners: [Int] = []
  private var ends: [Int] = []
  private var strings: [String] = []
  /// One bit an event: most have no text, and shall not pay for a search.
  private var hasText: [UInt64] = []

  mutating func append(_ texts: [String], at index: Int) {
    while hasText.count <= index >> 6 { hasText.append(0) }
    hasText[index >> 6] |= 1 << UInt64(index & 63)
    owners.append(index)
    strings.append(contentsOf: texts)
    ends.append(strings.count)
  }

  subscript(index: Int) -> [String] {
    let word = index >> 6
    guard word < hasText.count, hasText[word] & (1 << UInt64(index & 63)) != 0 else { return [] }
    var low = 0
    var high = owners.count
    while low < high {
      let middle = (low + high) / 2
      if owners[middle] < index { low = middle + 1 } else { high = middle }
    }
    return Array(strings[(low == 0 ? 0 : ends[low - 1])..<ends[low]])
  }
}

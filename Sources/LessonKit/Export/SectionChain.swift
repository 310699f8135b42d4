/// Finds the numbered sections of a document without headings: lines that begin with 1, 2, 3 … and a
/// stop, in ascending order over the document, although lists inside the sections start again at 1.
struct SectionChain {
  /// A line that may begin a section.
  struct Candidate {
    let line: Int
    let number: Int
    /// The text after the number.
    let rest: String
    fileprivate var weight = 0
    fileprivate var isMarked = false
  }

  /// The first lines of the sections, at least two. Empty if the document has no sections.
  private(set) var sections: [Candidate] = []

  /// The most candidates to consider. No real document has more numbered lines.
  private static let maximumCandidates = 4000

  /// - Parameters:
  ///   - lines: The lines of the document.
  ///   - fenced: Whether each line is in a fence.
  init(_ lines: [String], fenced: [Bool]) {
    var candidates: [Candidate] = []
    for (index, line) in lines.enumerated() where !fenced[index] {
      guard let found = Self.candidate(line, at: index) else { continue }
      candidates.append(found)
      guard candidates.count <= Self.maximumCandidates else { return }
    }
    for index in candidates.indices { Self.weigh(&candidates[index], lines) }
    let chain = Self.heaviestChain(of: candidates)
    guard chain.count > 1 else { return }
    let marked = chain.count { candidates[$0].isMarked }
    guard marked * 2 >= chain.count || Self.listsRestart(inside: chain, candidates, lines) else {
      return
    }
    sections = chain.map { candidates[$0] }
  }

  private static func candidate(_ line: String, at index: Int) -> Candidate? {
    guard line.indent < 2 else { return nil }
    var text = line.prefix(200).trimmed
    // A heading may be bold with its number: "**1. Threads**".
    let isBold = text.hasPrefix("**") && text.hasSuffix("**") && text.count > 5
    if isBold { text = String(text.dropFirst(2).dropLast(2)) }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, digits.count <= 3, let number = Int(digits) else { return nil }
    let after = text.dropFirst(digits.count)
    let spaces = after.prefix { $0 == " " || $0 == "\t" }.count
    guard spaces <= 2, let stop = after.dropFirst(spaces).first, stop == "." || stop == ")" else {
      return nil
    }
    let whole = isBold ? text : line.trimmed
    let rest = whole.firstIndex(of: stop).map { whole[whole.index(after: $0)...] } ?? ""
    guard rest.first?.isWhitespace == true, !rest.isBlank else { return nil }
    let title = rest.trimmed
    let isTitle =
      isBold || title.hasPrefix("**") && title.hasSuffix("**") && title.count > 4
    return Candidate(
      line: index, number: number, rest: title, weight: spaces > 0 ? 4 : 0,
      isMarked: spaces > 0 || isTitle)
  }

  /// Weighs the evidence that a line begins a section and not an item of a list.
  private static func weigh(_ candidate: inout Candidate, _ lines: [String]) {
    let isAlone = candidate.line == 0 || lines[candidate.line - 1].isBlank
    let above = lines[..<candidate.line].last { !$0.isBlank }
    let isSeparated = above.map(isRule) ?? false
    if isSeparated {
      candidate.isMarked = true
      candidate.weight += 3
    }
    candidate.weight += isAlone || isSeparated ? 1 : -3
    // "1. **Term:** and what it means" is an item.
    if candidate.rest.hasPrefix("**"), candidate.rest.contains(":**") { candidate.weight -= 2 }
  }

  private static func isRule(_ line: String) -> Bool {
    let text = line.filter { !$0.isWhitespace }
    guard let mark = text.first, "-*_=~".contains(mark) else { return false }
    return text.count >= 3 && text.allSatisfy { $0 == mark }
  }

  /// The heaviest chain of consecutive numbers from 1, as indices of the candidates.
  private static func heaviestChain(of candidates: [Candidate]) -> [Int] {
    /// The heaviest chain so far that ends with each number.
    var best: [Int: (weight: Int, index: Int)] = [:]
    var before = [Int?](repeating: nil, count: candidates.count)
    var heaviest: (weight: Int, index: Int)?
    for (index, candidate) in candidates.enumerated() {
      let previous = best[candidate.number - 1]
      guard candidate.number == 1 || previous != nil else { continue }
      before[index] = candidate.number == 1 ? nil : previous?.index
      let weight = candidate.weight + (candidate.number == 1 ? 0 : previous?.weight ?? 0)
      if weight > best[candidate.number]?.weight ?? .min {
        best[candidate.number] = (weight, index)
      }
      if weight > heaviest?.weight ?? .min { heaviest = (weight, index) }
    }
    var chain: [Int] = []
    var next = heaviest?.index
    while let index = next {
      chain.append(index)
      next = before[index]
    }
    return chain.reversed()
  }

  /// Whether lists start again at 1 inside most sections. The items of one list cannot contain
  /// another list at the same indentation.
  private static func listsRestart(
    inside chain: [Int], _ candidates: [Candidate], _ lines: [String]
  ) -> Bool {
    let areAlone = chain.allSatisfy { index in
      candidates[index].line == 0 || lines[candidates[index].line - 1].isBlank
    }
    let ends = Array(chain.dropFirst()) + [candidates.count]
    let restarts = zip(chain, ends).count { start, end in
      candidates[(start + 1)..<end].contains { $0.number == 1 }
    }
    return areAlone && restarts * 2 >= chain.count
  }
}

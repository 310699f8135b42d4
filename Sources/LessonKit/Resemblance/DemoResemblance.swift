internal import Catalog

/// Finds the demo whose listing a piece of code resembles.
///
/// It compares sets of traits. A trait weighs more if few listings have it, and less if most
/// programs of this kind have it. Threads and a lock say little; appending and popping under the
/// lock says much. Code resembles a listing if most traits of each are also in the other.
struct DemoResemblance: Sendable {
  private struct Subject {
    let demo: String
    let traits: CodeTraits
  }

  private let subjects: [Subject]
  private let frequencies: [CodeTraits.Trait: Int]

  /// The least similarity of code that resembles a listing.
  ///
  /// Similarity is from 0 to 1, and a little more if the names are the same too. Programs that share
  /// only threads and a lock with a listing reach 0.45 at most. The same program by another author
  /// reaches 0.6 or more.
  static let threshold = 0.52
  /// The least lines of code. Shorter code resembles too many listings.
  static let minimumLines = 6

  init(catalog: DemoCatalog, listings: [Listing]) {
    let texts = Dictionary(listings.map { ($0.name, $0.text) }) { first, _ in first }
    self.init(
      of: catalog.demos.compactMap { demo in texts[demo.listing].map { (demo.id, $0) } })
  }

  /// - Parameter listings: The ids of the demos and the text of their listings.
  init(of listings: [(demo: String, text: String)]) {
    subjects = listings.map { Subject(demo: $0.demo, traits: CodeTraits($0.text)) }
    var frequencies: [CodeTraits.Trait: Int] = [:]
    for subject in subjects {
      for trait in subject.traits.traits { frequencies[trait, default: 0] += 1 }
    }
    self.frequencies = frequencies
  }

  var isEmpty: Bool { subjects.isEmpty }

  /// The id of the demo that a block of code resembles most, or nil if it resembles none.
  func demo(for code: CodeBlock) -> String? {
    guard Self.mayBePython(code) else { return nil }
    let traits = CodeTraits(code.text)
    guard traits.lines >= Self.minimumLines else { return nil }
    let similarities = subjects.map { ($0.demo, similarity(of: traits, to: $0.traits)) }
    guard let best = similarities.max(by: { $0.1 < $1.1 }), best.1 >= Self.threshold else {
      return nil
    }
    return best.0
  }

  /// The similarity of code and a listing.
  func similarity(of code: CodeTraits, to listing: CodeTraits) -> Double {
    let common = code.traits.intersection(listing.traits)
    // At least one common trait must be unusual.
    guard common.contains(where: { Self.significance($0) == 1 && weight($0) > 0.2 }) else {
      return 0
    }
    let shared = weight(common)
    guard shared >= 2 else { return 0 }
    let words = Double(code.ownWords.intersection(listing.ownWords).count)
    return (shared / weight(code.traits) * shared / weight(listing.traits)).squareRoot()
      + min(0.15, words * 0.03)
  }

  private func weight(_ traits: Set<CodeTraits.Trait>) -> Double {
    traits.reduce(0) { $0 + weight($1) }
  }

  private func weight(_ trait: CodeTraits.Trait) -> Double {
    // The factor is 1 if at most one listing has the trait, and almost 0 if all have it.
    let others = Double((frequencies[trait] ?? 1) - 1)
    return (1 - others / Double(max(1, subjects.count))) * Self.significance(trait)
  }

  /// The significance of a trait in any program, independent of the listings.
  private static func significance(_ trait: CodeTraits.Trait) -> Double {
    switch trait {
    case .keyword(let name): everyday.contains(name) ? 0.05 : 0.2
    case .operation: 0.4
    case .imports(let name), .calls(let name), .attribute(let name), .argument(let name):
      everyday.contains(name) ? 0.05 : common.contains(name) ? 0.35 : 1
    case .callInBlock(_, let name):
      everyday.contains(name) ? 0.05 : common.contains(name) ? 0.3 : 0.6
    }
  }

  /// Names and keywords in almost every program.
  private static let everyday: Set<String> = [
    "print", "range", "len", "str", "int", "float", "list", "def", "for", "in", "if", "else",
    "import", "from", "as", "return", "and", "or", "not", "is", "None", "True", "False", "format",
    "__name__", "elif", "pass", "round", "while",
  ]

  /// Names in most programs with several threads or processes.
  private static let common: Set<String> = [
    "threading", "Thread", "start", "join", "target", "args", "name", "daemon", "Lock", "acquire",
    "release", "time", "sleep", "multiprocessing", "Process", "concurrent", "futures", "queue",
    "current_thread", "random", "os", "sys", "max", "min", "sum", "enumerate", "sorted", "time",
    "perf_counter", "append", "close", "cpu_count",
  ]

  private static func mayBePython(_ code: CodeBlock) -> Bool {
    code.language.map { CodeBlock.isPython($0) || $0.lowercased() == "pycon" } ?? true
  }
}

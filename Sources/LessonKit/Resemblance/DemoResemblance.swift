internal import Catalog

/// Finds the demo whose listing a piece of code resembles.
///
/// Both are compared as sets of traits. A trait counts for the more the fewer listings have it, and
/// for less where most programs of the kind have it: that there are threads and a lock says little,
/// that numbers are appended and popped under it says much. A piece of code resembles a listing
/// when most of what it does stands in the listing and most of the listing in it.
struct DemoResemblance: Sendable {
  private struct Subject {
    let demo: String
    let traits: CodeTraits
  }

  private let subjects: [Subject]
  private let frequencies: [CodeTraits.Trait: Int]

  /// From here on code resembles a listing; measured between 0 and 1, and a little above where the
  /// names are the same too. Programs that only have threads and a lock in common with a listing
  /// stay at 0.45 and below, the same program by another hand is at 0.6 and above.
  static let threshold = 0.52
  /// Fewer lines of code than this resemble everything and nothing.
  static let fewestLines = 6

  init(catalog: DemoCatalog, listings: [Listing]) {
    let texts = Dictionary(listings.map { ($0.name, $0.text) }) { first, _ in first }
    self.init(
      of: catalog.demos.compactMap { demo in texts[demo.listing].map { (demo.id, $0) } })
  }

  /// - Parameter listings: the demos' ids and the text of their listings.
  init(of listings: [(demo: String, text: String)]) {
    subjects = listings.map { Subject(demo: $0.demo, traits: CodeTraits($0.text)) }
    var frequencies: [CodeTraits.Trait: Int] = [:]
    for subject in subjects {
      for trait in subject.traits.traits { frequencies[trait, default: 0] += 1 }
    }
    self.frequencies = frequencies
  }

  var isEmpty: Bool { subjects.isEmpty }

  /// The id of the demo that a block of code resembles most, if it does.
  func demo(for code: CodeBlock) -> String? {
    guard Self.mayBePython(code) else { return nil }
    let traits = CodeTraits(code.text)
    guard traits.lines >= Self.fewestLines else { return nil }
    let measured = subjects.map { ($0.demo, measure(traits, $0.traits)) }
    guard let best = measured.max(by: { $0.1 < $1.1 }), best.1 >= Self.threshold else { return nil }
    return best.0
  }

  /// How much two pieces of code resemble each other.
  func measure(_ code: CodeTraits, _ listing: CodeTraits) -> Double {
    let common = code.traits.intersection(listing.traits)
    // Something must be shared that not every program of the kind has.
    guard common.contains(where: { Self.telling($0) == 1 && weight($0) > 0.2 }) else { return 0 }
    let (shared, mine, theirs) = (weight(common), weight(code.traits), weight(listing.traits))
    guard shared >= 2 else { return 0 }
    let words = Double(code.ownWords.intersection(listing.ownWords).count)
    return (shared / mine * shared / theirs).squareRoot() + min(0.15, words * 0.03)
  }

  private func weight(_ traits: Set<CodeTraits.Trait>) -> Double {
    traits.reduce(0) { $0 + weight($1) }
  }

  private func weight(_ trait: CodeTraits.Trait) -> Double {
    // From 1 for what one listing has, or none, down to almost nothing for what all have.
    let others = Double((frequencies[trait] ?? 1) - 1)
    return (1 - others / Double(max(1, subjects.count))) * Self.telling(trait)
  }

  /// How much a trait tells of any program, before the listings are looked at.
  private static func telling(_ trait: CodeTraits.Trait) -> Double {
    switch trait {
    case .keyword(let name): everyday.contains(name) ? 0.05 : 0.2
    case .operation: 0.4
    case .imports(let name), .calls(let name), .attribute(let name), .argument(let name):
      everyday.contains(name) ? 0.05 : common.contains(name) ? 0.35 : 1
    case .under(_, let name): everyday.contains(name) ? 0.05 : common.contains(name) ? 0.3 : 0.6
    }
  }

  /// What almost every program has.
  private static let everyday: Set<String> = [
    "print", "range", "len", "str", "int", "float", "list", "def", "for", "in", "if", "else",
    "import", "from", "as", "return", "and", "or", "not", "is", "None", "True", "False", "format",
    "__name__", "elif", "pass", "round", "while",
  ]

  /// What most programs with several threads or processes have.
  private static let common: Set<String> = [
    "threading", "Thread", "start", "join", "target", "args", "name", "daemon", "Lock", "acquire",
    "release", "time", "sleep", "multiprocessing", "Process", "concurrent", "futures", "queue",
    "current_thread", "random", "os", "sys", "max", "min", "sum", "enumerate", "sorted", "time",
    "perf_counter", "append", "close", "cpu_count",
  ]

  private static func mayBePython(_ code: CodeBlock) -> Bool {
    guard let language = code.language?.lowercased() else { return true }
    return ["python", "py", "python3", "py3", "pycon", "ipython"].contains(language)
  }
}

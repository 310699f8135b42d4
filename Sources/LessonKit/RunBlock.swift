public import Catalog

/// What a lesson offers to run: the words as its author wrote them, and what they ask for.
public struct RunBlock: Sendable {
  /// The word after the fence of a block that offers a run.
  static let language = "lockstep"

  /// The words after `run`: a demo, its parameters and perhaps an engine.
  public let words: [String]
  /// The run that the words ask for, or why it is refused.
  public let outcome: Result<RunRequest, ParameterError>
  /// The line of the words in the document, from 1.
  public let line: Int
  /// Whether the document does not ask for the run: code above it resembles the demo's listing.
  public let isOffered: Bool

  /// Reads the words of a block; what is wrong with them is kept as its outcome.
  public init(words: [String], line: Int, in catalog: DemoCatalog, isOffered: Bool = false) {
    self.words = words
    self.line = line
    self.isOffered = isOffered
    outcome = Result { () throws(ParameterError) in
      try RunRequest(words: words, in: catalog)
    }
  }

  /// What stands behind `run` on a line as it works in a shell, with the program's name and the
  /// shell's prompt or without; nil for any other line.
  static func words(in line: Substring) -> [String]? {
    var words = line.split { $0.isWhitespace }.map(String.init)[...]
    if words.starts(with: ["$", "lockstep"]) { words.removeFirst() }
    if words.first == "lockstep" { words.removeFirst() }
    guard words.popFirst() == "run", !words.isEmpty else { return nil }
    return Array(words)
  }

  /// The run, where the words are in order.
  public var request: RunRequest? { try? outcome.get() }

  /// The command as it works in a shell, without the program's name.
  public var command: String { (["run"] + words).joined(separator: " ") }
}

extension RunBlock: Equatable {
  /// The same words at the same place; what they ask for follows from them.
  public static func == (first: RunBlock, second: RunBlock) -> Bool {
    first.words == second.words && first.line == second.line
      && first.isOffered == second.isOffered
  }
}

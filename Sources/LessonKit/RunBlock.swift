public import Catalog

/// A run that a lesson offers: the command in the document and the parsed request.
public struct RunBlock: Sendable {
  /// The language of a fenced block with a run.
  static let language = "lockstep"

  /// The words after `run`: a demo, its parameters and optionally an engine.
  public let words: [String]
  /// The requested run, or the error in the words.
  public let outcome: Result<RunRequest, ParameterError>
  /// The line of the words in the document, from 1.
  public let line: Int
  /// Why the run is offered although it is not in the document, or nil.
  public let offer: Offer?

  /// The reason of an offer.
  public enum Offer: Sendable {
    /// The code above it resembles the demo's listing.
    case resembles
    /// The text above it is about what the demo shows.
    case mentions
  }

  /// Whether the run is not in the document, but offered.
  public var isOffered: Bool { offer != nil }

  /// Parses the words of a block. The outcome contains any error.
  public init(words: [String], line: Int, in catalog: DemoCatalog, offer: Offer? = nil) {
    self.words = words
    self.line = line
    self.offer = offer
    outcome = Result { () throws(ParameterError) in
      try RunRequest(words: words, in: catalog)
    }
  }

  /// The words after `run` in a shell command, or nil for any other line. The program's name and
  /// the shell's prompt are optional.
  static func words(in line: Substring) -> [String]? {
    var words = line.split { $0.isWhitespace }.map(String.init)[...]
    if words.starts(with: ["$", "lockstep"]) { words.removeFirst() }
    if words.first == "lockstep" { words.removeFirst() }
    guard words.popFirst() == "run", !words.isEmpty else { return nil }
    return Array(words)
  }

  /// The requested run, or nil if the words are invalid.
  public var request: RunRequest? { try? outcome.get() }

  /// The shell command, without the program's name.
  public var command: String { (["run"] + words).joined(separator: " ") }
}

extension RunBlock: Equatable {
  /// Compares words and place. The outcome follows from the words.
  public static func == (first: RunBlock, second: RunBlock) -> Bool {
    first.words == second.words && first.line == second.line
      && first.offer == second.offer
  }
}

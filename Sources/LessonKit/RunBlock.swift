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
  /// The measures that the step asks about, from the block's line `show`; empty for the demo's own.
  public let shown: [String]
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
  public init(
    words: [String], line: Int, shown: [String] = [], in catalog: DemoCatalog, offer: Offer? = nil
  ) {
    self.words = words
    self.line = line
    self.shown = shown
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

  /// The measures of a line `show NAME, NAME`, or nil for any other line.
  static func shown(in line: Substring) -> [String]? {
    let line = line.drop(while: \.isWhitespace)
    guard let end = line.firstIndex(where: \.isWhitespace), line[..<end] == "show" else {
      return nil
    }
    let names = line[end...].split(separator: ",", omittingEmptySubsequences: false)
      .map { String($0).trimmed }
    return names.contains("") ? nil : names
  }

  /// What the run shows first: what the block asks about, or else the demo's own measure.
  public var askedMeasures: [String] {
    shown.isEmpty ? request?.demo.askedMeasures ?? [] : shown
  }

  /// The names that are no measures of the demo.
  var unknownMeasures: [String] {
    guard let demo = request?.demo else { return [] }
    return shown.filter { !demo.measures.contains($0) }
  }

  /// The requested run, or nil if the words are invalid.
  public var request: RunRequest? { try? outcome.get() }

  /// The shell command, without the program's name.
  public var command: String { (["run"] + words).joined(separator: " ") }
}

extension RunBlock: Equatable {
  /// Compares words and place. The outcome follows from the words.
  public static func == (first: RunBlock, second: RunBlock) -> Bool {
    first.words == second.words && first.line == second.line && first.shown == second.shown
      && first.offer == second.offer
  }
}

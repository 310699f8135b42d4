import Catalog
import Concurrency

/// The first message to a worker process, from which it creates its own `Run`. It is one text.
struct RunSetup: Sendable, Equatable {
  let words: [String]
  let listing: [String]
  let version: String
  let cores: Int

  init(_ configuration: RunConfiguration) {
    let request = configuration.request
    words = request.words + ["--engine", request.engine.rawValue]
    listing = configuration.listing
    version = configuration.version
    cores = configuration.cores
  }

  // Separators that no word, line or version contains.
  private static let unit: Character = "\u{1F}"
  private static let record: Character = "\u{1E}"

  var text: String {
    [words, listing, [version, "\(cores)"]].map { $0.joined(separator: String(Self.unit)) }
      .joined(separator: String(Self.record))
  }

  /// Decodes a text. Nil if it is not a setup.
  init?(_ text: String) {
    let parts = text.split(separator: Self.record, omittingEmptySubsequences: false).map {
      $0.split(separator: Self.unit, omittingEmptySubsequences: false).map(String.init)
    }
    guard parts.count == 3, parts[2].count == 2, let cores = Int(parts[2][1]) else { return nil }
    words = parts[0]
    listing = parts[1]
    version = parts[2][0]
    self.cores = cores
  }

  /// The configuration of the same run in a worker process.
  /// - Throws: `ParameterError` if the catalog has no such run.
  func configuration() throws(ParameterError) -> RunConfiguration {
    RunConfiguration(
      request: try RunRequest(words: words, in: DemoCatalog(cores: cores)), listing: listing,
      version: version, cores: cores)
  }
}

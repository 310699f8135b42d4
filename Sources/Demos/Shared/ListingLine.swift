import Concurrency

/// A line of a demo's listing, without its indentation; the demo's events name it.
protocol ListingLine: RawRepresentable<String>, CaseIterable, Sendable {}

extension Run {
  /// Sets the line of the listing that the calling actor is at; its next events carry it.
  func at(_ line: some ListingLine) { at(line.rawValue) }
}

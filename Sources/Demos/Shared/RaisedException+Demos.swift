import Concurrency

extension RaisedException {
  static func valueError(_ message: String) -> RaisedException {
    RaisedException(type: "ValueError", message: message)
  }

  /// What a worker raises where it cannot read what its parent sent.
  static func unreadable(_ words: [String]) -> RaisedException {
    .valueError("cannot read \(words.joined(separator: " "))")
  }
}

/// One line of the benchmark: a figure, the figure of a peer, their ratio, and the aim.
struct Row {
  let name: String
  let figure: String
  let peer: String
  /// The figure divided by the peer's, or nil without a peer.
  let ratio: Double?
  let aim: String

  static let heading = Row.line("measured", "figure", "compared with", "ratio", "aim")

  var text: String {
    Row.line(name, figure, peer, ratio.map { Row.number($0) } ?? "–", aim)
  }

  private static func line(
    _ name: String, _ figure: String, _ peer: String, _ ratio: String, _ aim: String
  ) -> String {
    padded(name, 34) + padded(figure, 22) + padded(peer, 34) + padded(ratio, 8) + aim
  }

  static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  /// A number with two decimals.
  static func number(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }
}

extension [Double] {
  /// The middle value, or 0 if there are no values.
  var median: Double {
    guard !isEmpty else { return 0 }
    return sorted()[count / 2]
  }
}

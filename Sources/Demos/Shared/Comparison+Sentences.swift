import Trace

extension Comparison.Verdict {
  /// The sentence that replaces a conclusion about speed, or nil if there is a verdict.
  var caution: String? {
    switch self {
    case .faster, .overlap: nil
    case .once: "No verdict: one round proves little, so try rounds=5."
    case .disturbed(let percent): "No verdict: other programs used \(percent) % of the cores."
    }
  }
}

extension Comparison.Times {
  /// The heading of `cells`.
  static let headings = ["time", "least", "most", "cores"]

  /// The cells of this arm's row: the median time, its range, and the cores that the arm used.
  var cells: [String] {
    let cores = ValueText.measure(Int64(medianCores * 100), unit: "/100")
    return [median, least, most].map(ValueText.duration) + [cores]
  }
}

import Trace

extension Comparison.Times {
  /// The heading of `cells`.
  static let headings = ["time", "least", "most", "cores"]

  /// The cells of this arm's row: the median time, its range, and the cores that the arm used.
  var cells: [String] {
    let cores = ValueText.measure(Int64(medianCores * 100), unit: "/100")
    return [median, least, most].map(ValueText.duration) + [cores]
  }
}

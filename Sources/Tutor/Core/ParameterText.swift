package import Catalog

/// Parameters in words.
package enum ParameterText {
  /// A value as the user types it, a span in words: `10`, `300ms`, `1 to 5`.
  package static func value(_ value: ParameterValue) -> String {
    if case .span(let span) = value {
      return span.count == 1 ? "\(span.lowerBound)" : "\(span.lowerBound) to \(span.upperBound)"
    }
    return value.description
  }

  /// The valid values of a parameter: `from 1 to 1000`, `on or off`.
  package static func range(_ kind: Parameter.Kind) -> String {
    switch kind {
    case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .duration(let range):
      "a time such as 20ms or 1.5s, from "
        + DurationText.shortest(nanoseconds: range.lowerBound) + " to "
        + DurationText.shortest(nanoseconds: range.upperBound)
    case .choice(let words):
      words.count < 3
        ? words.joined(separator: " or ")
        : words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
    case .span(let bounds):
      "a number, or two with three dots between such as 1...5, "
        + "from \(bounds.lowerBound) to \(bounds.upperBound)"
    }
  }

  /// A line of the list: `items is 10. Numbers each producer adds; a whole number from 1 to 1000.`
  package static func line(_ parameter: Parameter, _ value: ParameterValue) -> String {
    let summary = parameter.summary.prefix(1).uppercased() + parameter.summary.dropFirst()
    let isDefault = value == parameter.defaultValue
    let before = isDefault ? "" : ", by default \(self.value(parameter.defaultValue))"
    return "\(parameter.name) is \(self.value(value))\(before). \(summary): "
      + "\(range(parameter.kind))."
  }
}

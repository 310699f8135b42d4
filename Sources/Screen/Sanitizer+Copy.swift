extension Sanitizer {
  /// A text that is safe to paste elsewhere, such as into a shell. It keeps tabs, turns line ends
  /// into "\n", and drops all other control characters.
  public static func pasteSafe(_ text: String) -> String {
    var output = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where previous == "\r": break
      case "\n", "\r": output.append("\n")
      case "\t": output.append(scalar)
      default:
        if scalar.properties.generalCategory != .control { output.append(scalar) }
      }
      previous = scalar
    }
    return String(output)
  }
}

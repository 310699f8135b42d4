extension Sanitizer {
  /// A text to be pasted elsewhere, such as into a shell: as it is, but without control characters
  /// other than the ends of its lines, which become "\n", and tabs.
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

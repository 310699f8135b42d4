/// Lowered and raised text as characters of one line.
public enum ScriptText {
  /// Returns an index: `₂` for digits and signs, or else `_max` or `_(i + 1)`.
  /// - Parameter isASCII: Whether all characters must be ASCII.
  public static func lowered(_ text: String, isASCII: Bool = false) -> String {
    script(text, sign: "_", signs: isASCII ? [:] : lowered)
  }

  /// Returns a power: `²` for digits and signs, or else `^k` or `^(k + 1)`. The ending of an ordinal
  /// number stays as it is.
  /// - Parameter isASCII: Whether all characters must be ASCII.
  public static func raised(_ text: String, isASCII: Bool = false) -> String {
    if ordinals.contains(text.lowercased()) { return text }
    return script(text, sign: "^", signs: isASCII ? [:] : raised)
  }

  /// Returns a text with raised and lowered digits and signs in ASCII: `n²` is `n^2`.
  public static func ascii(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
    var result = ""
    var sign = ""
    for character in text {
      if let plain = plain[character] {
        if plain.sign != sign { result += plain.sign }
        result.append(plain.character)
        sign = plain.sign
      } else {
        result.append(character)
        sign = ""
      }
    }
    return result
  }

  private static let plain: [Character: (sign: String, character: Character)] = {
    var plain: [Character: (sign: String, character: Character)] = [:]
    for (key, value) in lowered where key.isASCII { plain[value] = ("_", key) }
    for (key, value) in raised where key.isASCII { plain[value] = ("^", key) }
    return plain
  }()

  private static let ordinals: Set = ["st", "nd", "rd", "th", "tm"]

  private static func script(
    _ text: String, sign: String, signs: [Character: Character]
  ) -> String {
    let characters = text.map { signs[$0] }
    if !characters.contains(nil) { return String(characters.compactMap { $0 }) }
    let isWord = text.allSatisfy { $0.isLetter || $0.isNumber || "\u{207F}*[]".contains($0) }
    return isWord ? sign + text : "\(sign)(\(text))"
  }

  private static let lowered = Dictionary(
    uniqueKeysWithValues: zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"))
  private static let raised = Dictionary(
    uniqueKeysWithValues: zip("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ"))
}

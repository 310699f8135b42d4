/// Converts the numbers of a list as people count, from 1, to indices.
public enum ListNumber {
  /// The index of a number, or nil if it is not in the list.
  /// - Parameter count: the length of the list, if it is known.
  public static func index(_ number: Int, count: Int = .max) -> Int? {
    number >= 1 && number <= count ? number - 1 : nil
  }

  /// The index of the number in a text, or nil if it is not in the list.
  public static func index(in text: some StringProtocol, count: Int = .max) -> Int? {
    Int(text).flatMap { index($0, count: count) }
  }
}

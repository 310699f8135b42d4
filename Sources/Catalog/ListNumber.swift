/// The numbers by which a person names the things of a list: the first is 1.
public enum ListNumber {
  /// The index of what has a number; nil where nothing has it, however small or large it is.
  /// - Parameter count: how many things there are, where that is known.
  public static func index(_ number: Int, count: Int = .max) -> Int? {
    number >= 1 && number <= count ? number - 1 : nil
  }

  /// The index that a text names; nil where it is no number, or nothing has it.
  public static func index(in text: some StringProtocol, count: Int = .max) -> Int? {
    Int(text).flatMap { index($0, count: count) }
  }
}

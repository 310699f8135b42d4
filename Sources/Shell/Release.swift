/// Which version of the program this is.
public enum Release {
  public static let version = "0.1.0"
  /// The day on which the version came out.
  public static let date = "2026-11-24"
}

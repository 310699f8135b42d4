/// The version of the program.
public enum Release {
  public static let version = "0.1.0"
  /// The day of the release.
  public static let date = "2026-11-24"
}

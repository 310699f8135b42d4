import Glibc

/// A moment as text: in UTC, to the second, so that the texts' order is the moments' order.
public enum Timestamp {
  /// Now, such as `2026-05-04T18:20:11Z`.
  public static func now() -> String {
    var seconds = time(nil)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func two(_ number: Int32) -> String { (number < 10 ? "0" : "") + "\(number)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))T"
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
  }

  /// The moment for a file's name: without the colons.
  static func forFileName(_ timestamp: String) -> String {
    timestamp.filter { $0 != ":" && $0 != "-" }
  }
}

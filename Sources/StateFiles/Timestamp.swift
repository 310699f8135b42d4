import Glibc

/// Times as text, in UTC and to the second. Sorting the texts sorts the times.
public enum Timestamp {
  /// The current time, such as `2026-05-04T18:20:11Z`.
  public static func now() -> String {
    var seconds = time(nil)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func two(_ number: Int32) -> String { (number < 10 ? "0" : "") + "\(number)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))T"
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
  }

  /// The time for use in a file name, without colons and hyphens.
  static func forFileName(_ timestamp: String) -> String {
    timestamp.filter { $0 != ":" && $0 != "-" }
  }
}

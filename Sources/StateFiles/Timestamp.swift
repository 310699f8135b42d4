import Glibc

/// Times as text, in UTC and to the second. Sorting the texts sorts the times.
public enum Timestamp {
  /// The current time, such as `2026-05-04T18:20:11Z`.
  public static func now() -> String { text(of: time(nil)) }

  /// A time, in seconds since 1970. A clock outside the years 0 to 9999 is wrong; its times are those
  /// at the end of that range, because longer years would not sort.
  static func text(of seconds: time_t) -> String {
    var seconds = min(max(seconds, first), last)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func digits(_ number: Int32, _ count: Int) -> String {
      let text = "\(number)"
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    func two(_ number: Int32) -> String { digits(number, 2) }
    return "\(digits(parts.tm_year + 1900, 4))-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))T"
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
  }

  private static let first: time_t = -62_167_219_200
  private static let last: time_t = 253_402_300_799

  /// The time for use in a file name, without colons and hyphens.
  static func forFileName(_ timestamp: String) -> String {
    timestamp.filter { $0 != ":" && $0 != "-" }
  }
}

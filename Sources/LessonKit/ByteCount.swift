/// Formats a size for the user.
public enum ByteCount {
  /// A text such as `999 bytes`, `64 KB` or `1.5 MB`. One KB is 1,024 bytes.
  public static func text(_ bytes: Int) -> String {
    guard bytes >= 1024 else { return bytes == 1 ? "1 byte" : "\(bytes) bytes" }
    var unit = 1024
    let names = ["KB", "MB", "GB", "TB", "PB"]
    var name = 0
    // The text has one decimal. A value that rounds up to 1,024 uses the next unit.
    while name + 1 < names.count, bytes >= unit * 1024 - unit / 20 {
      unit *= 1024
      name += 1
    }
    let tenths = bytes / unit * 10 + (bytes % unit * 10 + unit / 2) / unit
    return tenths % 10 == 0 || tenths >= 1000
      ? "\((tenths + 5) / 10) \(names[name])" : "\(tenths / 10).\(tenths % 10) \(names[name])"
  }
}

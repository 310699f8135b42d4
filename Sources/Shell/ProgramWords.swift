public import SystemPackage

/// The words of the command line as the kernel has them.
public enum ProgramWords {
  /// A word as a path. A name that is not UTF-8 was changed on the way to here, and is looked up.
  public static func path(_ word: String) -> FilePath {
    guard word.unicodeScalars.contains("\u{FFFD}") else { return FilePath(word) }
    for index in 0..<Int(CommandLine.argc) {
      guard let bytes = CommandLine.unsafeArgv[index], String(cString: bytes) == word else {
        continue
      }
      return FilePath(platformString: bytes)
    }
    return FilePath(word)
  }
}

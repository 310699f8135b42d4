public import SystemPackage

/// The command line's words as the kernel passed them.
public enum ProgramWords {
  /// A word as a path. Swift's strings repair a name that is not UTF-8; this returns the original.
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

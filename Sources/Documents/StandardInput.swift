import Shell
import Glibc

/// A document that comes from standard input.
public enum StandardInput {
  static let name = "standard input"

  /// Everything that comes, until its end.
  /// - Throws: `Failure` where a person sits at it, `Unreadable` where nothing can be read.
  public static func read(limit: Int, progress: ReadingProgress) throws -> [UInt8] {
    guard isatty(0) != 1 else {
      throw Failure(
        "- is standard input, which is this terminal; send a document to it: "
          + "cat notes.md | lockstep open -", .wrongUsage)
    }
    return try DocumentFile.readAll(0, limit: limit, name: name, progress: progress)
  }

  /// Where keys and answers come from while standard input is the document: the terminal, where a
  /// person looks at one, else nowhere.
  /// - Throws: `Failure` where there are no more descriptors.
  public static func keyboard() throws -> Int32 {
    let options = O_NOCTTY | O_CLOEXEC
    let terminal = isatty(1) == 1 ? open("/dev/tty", O_RDWR | options) : -1
    let descriptor = terminal >= 0 ? terminal : open("/dev/null", O_RDONLY | options)
    guard descriptor >= 0 else { throw Failure("no more file descriptors; close other programs") }
    return descriptor
  }
}

import Glibc
import Shell

/// Standard input as a document.
public enum StandardInput {
  static let name = "standard input"

  /// Reads standard input to its end.
  /// - Throws: `Failure` if it is a terminal, `Unreadable` if it cannot be read.
  public static func read(limit: Int, progress: ReadingProgress) throws -> [UInt8] {
    guard isatty(0) != 1 else {
      throw Failure(
        "standard input is this terminal; pipe a document to it: "
          + "cat notes.md | lockstep open -", .wrongUsage)
    }
    return try DocumentFile.readAll(0, limit: limit, name: name, progress: progress)
  }

  /// Opens the source of keys while standard input is the document: the terminal, or `/dev/null`
  /// if standard output is not a terminal.
  /// - Throws: `Failure` if no file descriptor is left.
  public static func keyboard() throws -> Int32 {
    let options = O_NOCTTY | O_CLOEXEC
    let terminal = isatty(1) == 1 ? open("/dev/tty", O_RDWR | options) : -1
    let descriptor = terminal >= 0 ? terminal : open("/dev/null", O_RDONLY | options)
    guard descriptor >= 0 else { throw Failure.noDescriptors }
    return descriptor
  }
}

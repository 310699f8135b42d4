import Glibc
import Platform
import Screen
public import SystemPackage

/// Standard output or a file, to which the program writes piece by piece.
public final class OutputFile: Sendable {
  private let descriptor: FileDescriptor
  /// Its name in messages.
  public let name: String
  private let isOwned: Bool
  private let failure = Guarded<Errno?>(nil)

  /// Whether it is a terminal.
  public var isTerminal: Bool { isatty(descriptor.rawValue) == 1 }

  /// Opens a file, which it empties, or standard output.
  /// - Parameter path: a file's path, or `-` for standard output.
  /// - Throws: `Failure` if the file cannot be opened.
  public init(path: String) throws {
    guard path != "-" else {
      (descriptor, name, isOwned) = (.standardOutput, "standard output", false)
      return
    }
    do {
      descriptor =
        try Self.pipe(path)
        ?? FileDescriptor.open(
          FilePath(path), .writeOnly, options: [.create, .truncate, .closeOnExec],
          permissions: [.ownerReadWrite, .groupRead, .otherRead])
    } catch {
      throw Failure("\(path) cannot be written: \(error)")
    }
    (name, isOwned) = (path, true)
  }

  /// Opens a named pipe, or returns nil if the path is something else. Waits for a program that reads
  /// it, and says so on standard error.
  private static func pipe(_ path: String) throws -> FileDescriptor? {
    var status = stat()
    guard fstatat(AT_FDCWD, path, &status, 0) == 0, status.st_mode & S_IFMT == S_IFIFO else {
      return nil
    }
    do {
      let descriptor = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.nonBlocking, .closeOnExec])
      _ = fcntl(descriptor.rawValue, F_SETFL, O_WRONLY)
      return descriptor
    } catch Errno.noSuchAddressOrDevice {
      Finish.warn("waiting for a program that reads the pipe \(path); ^C stops")
      return try FileDescriptor.open(FilePath(path), .writeOnly, options: [.closeOnExec])
    }
  }

  /// Creates a file.
  /// - Throws: `Failure` if the name exists or the file cannot be created.
  public init(new path: String) throws {
    do {
      descriptor = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
    } catch Errno.fileExists {
      throw Failure("\(path) already exists; choose another name")
    } catch {
      throw Failure("\(path) cannot be written: \(error)")
    }
    (name, isOwned) = (path, true)
  }

  /// Standard error.
  public static let standardError = OutputFile(shared: .standardError, name: "standard error")

  private init(shared descriptor: FileDescriptor, name: String) {
    (self.descriptor, self.name, isOwned) = (descriptor, name, false)
  }

  /// Takes over a descriptor that is open for writing, and closes it at the end.
  public init(owning descriptor: FileDescriptor, name: String) {
    (self.descriptor, self.name, isOwned) = (descriptor, name, true)
  }

  deinit { if isOwned { try? descriptor.close() } }

  /// Writes text. After a failure it writes nothing more, and `check` throws.
  public func write(_ text: [UInt8]) {
    failure.withLock { failure in
      guard failure == nil else { return }
      do {
        try descriptor.writeAll(text)
      } catch {
        failure = error as? Errno ?? .ioError
      }
    }
  }

  /// Whether text for people must be ASCII, because the locale is not UTF-8. A file holds UTF-8 in
  /// any locale.
  public var isASCII: Bool { !isOwned && !OutputText.isUTF8 }

  /// Writes text for people. It must be safe to show wherever it goes, since a pager passes control
  /// characters on to the terminal.
  public func write(shown text: String) {
    write(Array((isASCII ? OutputText.shown(text) : Sanitizer.displaySafe(text)).utf8))
  }

  /// Writes text for people to standard output.
  /// - Throws: `Failure` if it cannot be written.
  public static func print(shown text: String) throws {
    try print(OutputText.shown(text))
  }

  /// Writes a text to standard output as it is.
  /// - Throws: `Failure` if it cannot be written.
  public static func print(_ text: String) throws {
    let output = try OutputFile(path: "-")
    output.write(Array(text.utf8))
    try output.check()
  }

  /// The error that stopped the writing, or nil.
  public var error: Errno? { failure.withLock { $0 } }

  public var hasFailed: Bool { error != nil }

  /// Ends the program quietly if the reader has gone, as `head` does.
  /// - Throws: `Failure` if something could not be written.
  public func check() throws {
    guard let error else { return }
    if error == .brokenPipe { Finish.dieBySignal(SIGPIPE) }
    throw Failure("\(name) could not be written: \(error)")
  }
}

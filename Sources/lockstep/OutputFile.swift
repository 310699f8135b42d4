import Concurrency
import Glibc
import SystemPackage

/// Where a run's lines go: standard output or a file, written as they come.
final class OutputFile: Sendable {
  private let descriptor: FileDescriptor
  /// What a person calls it.
  let name: String
  private let isOwned: Bool
  private let failure = Guarded<Errno?>(nil)

  /// Whether a person looks at it.
  var isTerminal: Bool { isatty(descriptor.rawValue) == 1 }

  /// - Parameter path: a file's path, or `-` for standard output.
  /// - Throws: `Failure` when the file cannot be written.
  init(path: String) throws {
    guard path != "-" else {
      (descriptor, name, isOwned) = (.standardOutput, "standard output", false)
      return
    }
    do {
      descriptor = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .truncate, .closeOnExec],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
    } catch {
      throw Failure("\(path) cannot be written: \(error)")
    }
    (name, isOwned) = (path, true)
  }

  /// A file that is not there yet.
  /// - Throws: `Failure` when there is something of that name, or the file cannot be written.
  init(new path: String) throws {
    do {
      descriptor = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
    } catch Errno.fileExists {
      throw Failure("\(path) is there already; choose another name")
    } catch {
      throw Failure("\(path) cannot be written: \(error)")
    }
    (name, isOwned) = (path, true)
  }

  /// Takes over a descriptor that is open for writing.
  init(owning descriptor: FileDescriptor, name: String) {
    (self.descriptor, self.name, isOwned) = (descriptor, name, true)
  }

  deinit { if isOwned { try? descriptor.close() } }

  /// Writes text; after a failure nothing more is written, and `check` tells.
  func write(_ text: [UInt8]) {
    failure.withLock { failure in
      guard failure == nil else { return }
      do {
        try descriptor.writeAll(text)
      } catch {
        failure = error as? Errno ?? .ioError
      }
    }
  }

  /// Writes a whole text to standard output.
  /// - Throws: `Failure` when it could not be written.
  static func print(_ text: String) throws {
    let output = try OutputFile(path: "-")
    output.write(Array(text.utf8))
    try output.check()
  }

  /// Why nothing more is written; nil while all is well.
  var error: Errno? { failure.withLock { $0 } }

  var hasFailed: Bool { error != nil }

  /// Ends quietly when the reader has gone, as `head` does.
  /// - Throws: `Failure` when something could not be written.
  func check() throws {
    guard let error else { return }
    if error == .brokenPipe { Finish.dieBySignal(SIGPIPE) }
    throw Failure("\(name) could not be written: \(error)")
  }
}

import Glibc
import Platform
public import SystemPackage

/// The system calls that write files. Tests replace them with calls that fail.
public struct FileSystem: Sendable {
  /// Creates a new file, readable by its owner only, and opens it for writing.
  public var create: @Sendable (_ path: String) throws(Errno) -> Int32
  /// Writes some of the bytes and returns their number.
  var write: @Sendable (_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) throws(Errno) -> Int
  /// Returns when the data is on the disk.
  var synchronize: @Sendable (_ descriptor: Int32) throws(Errno) -> Void
  var close: @Sendable (_ descriptor: Int32) throws(Errno) -> Void
  public var rename: @Sendable (_ path: String, _ newPath: String) throws(Errno) -> Void

  /// The real calls.
  public static let real = FileSystem(
    create: { path throws(Errno) in
      try check { open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600) }
    },
    write: { descriptor, bytes throws(Errno) in
      try check { Glibc.write(descriptor, bytes.baseAddress, bytes.count) }
    },
    synchronize: { descriptor throws(Errno) in _ = try check { fsync(descriptor) } },
    // The descriptor is gone even after an error, so close is never retried.
    close: { descriptor throws(Errno) in
      guard Glibc.close(descriptor) == 0 || errno == EINTR else { throw Errno(rawValue: errno) }
    },
    rename: { path, newPath throws(Errno) in _ = try check { Glibc.rename(path, newPath) } })

  /// Repeats a call while signals interrupt it.
  /// - Throws: the error of the call.
  static func check<Number: FixedWidthInteger>(_ call: () -> Number) throws(Errno) -> Number {
    while true {
      let result = call()
      if result >= 0 { return result }
      guard errno == EINTR else { throw Errno(rawValue: errno) }
    }
  }
}

extension FileSystem {
  /// Replaces a file's content atomically. After a crash or an error, such as a full disk, the file
  /// has either the old or the new content, and no other file is left. A link stays, and the file that
  /// it leads to is replaced.
  ///
  /// Only one process may call it at a time: see `StateLock`.
  /// - Throws: `StateError` if the file cannot be replaced.
  public func replace(_ path: String, with bytes: [UInt8]) throws(StateError) {
    let file = try StateFile(path)
    if file.isLink { Self.removeTemporaries(of: file.path) }
    let path = file.path
    let temporary = "\(path).\(getpid())\(Self.temporaryEnding)"
    unlink(temporary)
    do throws(Errno) {
      try fill(temporary, with: bytes)
      try rename(temporary, path)
    } catch {
      unlink(temporary)
      throw .system("cannot be written", path, error)
    }
    // This keeps the new name over a power cut. Some file systems do not support it.
    let folder = open(FilePath(path).removingLastComponent().string, O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { return }
    defer { Glibc.close(folder) }
    do throws(Errno) { try synchronize(folder) } catch {
      guard error != .invalidArgument else { return }
      throw .system("cannot be written", path, error)
    }
  }

  private func fill(_ path: String, with bytes: [UInt8]) throws(Errno) {
    let descriptor = try create(path)
    do throws(Errno) {
      try writeAll(bytes, to: descriptor)
      var status = stat()
      guard fstat(descriptor, &status) == 0, Int(status.st_size) == bytes.count else {
        throw .ioError
      }
      try synchronize(descriptor)
    } catch {
      Glibc.close(descriptor)
      throw error
    }
    try close(descriptor)
  }

  /// Writes all bytes. A short write is not the end.
  func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(Errno) {
    var written = 0
    while written < bytes.count {
      let count = try bytes.span.withUnsafeBytes { bytes throws(Errno) in
        try write(descriptor, UnsafeRawBufferPointer(rebasing: bytes[written...]))
      }
      guard count > 0 else { throw .noSpace }
      written += count
    }
  }

  private static let temporaryEnding = ".new"

  /// Deletes the temporary files of one file that killed processes left beside it. The caller must
  /// hold its lock.
  private static func removeTemporaries(of path: String) {
    guard let last = FilePath(path).lastComponent?.string else { return }
    let folder = FilePath(path).removingLastComponent().string
    for name in FolderEntries(FilePath(folder), limit: .max)?.names.map(\.string) ?? []
    where name.hasPrefix(last + ".") && name.hasSuffix(temporaryEnding) {
      let number = name.dropFirst(last.count + 1).dropLast(temporaryEnding.count)
      if Int32(number) != nil { unlink("\(folder)/\(name)") }
    }
  }

  /// Deletes the temporary files of killed processes. The caller must hold the folder's lock.
  static func removeTemporaries(in folder: String) {
    let names = FolderEntries(FilePath(folder), limit: .max)?.names.map(\.string) ?? []
    for name in names where name.hasSuffix(temporaryEnding) {
      let parts = name.dropLast(temporaryEnding.count).split(separator: ".")
      if parts.contains("json"), let last = parts.last, Int32(last) != nil {
        unlink("\(folder)/\(name)")
      }
    }
  }
}

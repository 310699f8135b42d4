import Glibc
public import SystemPackage

/// The calls by which something is written to the disk, each of which may fail. Tests put failing
/// ones in their place.
public struct FileSystem: Sendable {
  /// Makes a file that was not there, for its owner only, and opens it for writing.
  public var create: @Sendable (_ path: String) throws(Errno) -> Int32
  /// Writes some of the bytes and returns how many.
  var write: @Sendable (_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) throws(Errno) -> Int
  /// Returns when the disk has what was written.
  var synchronize: @Sendable (_ descriptor: Int32) throws(Errno) -> Void
  var close: @Sendable (_ descriptor: Int32) throws(Errno) -> Void
  public var rename: @Sendable (_ path: String, _ newPath: String) throws(Errno) -> Void

  /// The machine's own.
  public static let real = FileSystem(
    create: { path throws(Errno) in
      try check { open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600) }
    },
    write: { descriptor, bytes throws(Errno) in
      try check { Glibc.write(descriptor, bytes.baseAddress, bytes.count) }
    },
    synchronize: { descriptor throws(Errno) in _ = try check { fsync(descriptor) } },
    // Whatever close says, the descriptor is gone: it is never tried again.
    close: { descriptor throws(Errno) in
      guard Glibc.close(descriptor) == 0 || errno == EINTR else { throw Errno(rawValue: errno) }
    },
    rename: { path, newPath throws(Errno) in _ = try check { Glibc.rename(path, newPath) } })

  /// Calls until no signal interrupts.
  /// - Throws: what the call failed with.
  static func check<Number: FixedWidthInteger>(_ call: () -> Number) throws(Errno) -> Number {
    while true {
      let result = call()
      if result >= 0 { return result }
      guard errno == EINTR else { throw Errno(rawValue: errno) }
    }
  }
}

extension FileSystem {
  /// Puts bytes in the place of a file. Whatever happens on the way, a crash and a full disk
  /// included, the file is either as it was or as it is to be, and nothing else is left behind.
  ///
  /// To be called by one process at a time: see `StateLock`.
  /// - Throws: `StateError` when the file could not be replaced.
  public func replace(_ path: String, with bytes: [UInt8]) throws(StateError) {
    let temporary = "\(path).\(getpid())\(Self.temporaryEnding)"
    unlink(temporary)
    do throws(Errno) {
      try fill(temporary, with: bytes)
      try rename(temporary, path)
    } catch {
      unlink(temporary)
      throw .system("could not be written", path, error)
    }
    // Only now does the new name outlast a power cut. Some file systems have no such call.
    let folder = open(FilePath(path).removingLastComponent().string, O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { return }
    defer { Glibc.close(folder) }
    do throws(Errno) { try synchronize(folder) } catch {
      guard error != .invalidArgument else { return }
      throw .system("could not be written", path, error)
    }
  }

  private func fill(_ path: String, with bytes: [UInt8]) throws(Errno) {
    let descriptor = try create(path)
    do throws(Errno) {
      var written = 0
      while written < bytes.count {
        let count = try bytes.span.withUnsafeBytes { bytes throws(Errno) in
          try write(descriptor, UnsafeRawBufferPointer(rebasing: bytes[written...]))
        }
        guard count > 0 else { throw .noSpace }
        written += count
      }
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

  private static let temporaryEnding = ".new"

  /// Takes away what processes that were killed while they wrote have left in a folder. To be
  /// called by whoever has the folder's lock: then nobody writes.
  static func removeTemporaries(in folder: String) {
    guard let directory = opendir(folder) else { return }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.hasSuffix(temporaryEnding) else { continue }
      let parts = name.dropLast(temporaryEnding.count).split(separator: ".")
      if parts.contains("json"), let last = parts.last, Int32(last) != nil {
        unlink("\(folder)/\(name)")
      }
    }
  }
}

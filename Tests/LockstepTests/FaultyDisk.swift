import Concurrency
import Glibc
import SystemPackage

@testable import lockstep

/// The machine's file system, whose calls are counted and of which one fails.
final class FaultyDisk: Sendable {
  private let state: Guarded<(calls: Int, fault: Fault?, replaced: Int)>

  /// What fails, and how.
  struct Fault: Sendable {
    /// The number of the call, from 1.
    var call: Int
    var error: Errno
    /// Whether all calls from there on fail.
    var lasts = false
    /// Whether a write that fails writes half of its bytes first.
    var isShort = false
  }

  init(_ fault: Fault? = nil) { state = Guarded((0, fault, 0)) }

  /// Whether the fault has happened.
  var hasFailed: Bool {
    state.withLock { state in state.fault.map { $0.call <= state.calls } ?? false }
  }
  /// How often a file was replaced.
  var replaced: Int { state.withLock { $0.replaced } }

  func mend() { state.withLock { $0.fault = nil } }

  private func count() throws(Errno) {
    let error = state.withLock { state -> Errno? in
      state.calls += 1
      guard let fault = state.fault else { return nil }
      return state.calls == fault.call || fault.lasts && state.calls > fault.call
        ? fault.error : nil
    }
    if let error { throw error }
  }

  var system: FileSystem {
    let real = FileSystem.real
    return FileSystem(
      create: { path throws(Errno) in
        try self.count()
        return try real.create(path)
      },
      write: { descriptor, bytes throws(Errno) in
        // A disk that fills up takes what fits, and says so with the next write.
        if self.state.withLock({ $0.fault?.isShort == true && $0.fault?.call == $0.calls + 2 }) {
          try self.count()
          let half = UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count / 2)])
          return try real.write(descriptor, half)
        }
        try self.count()
        return try real.write(descriptor, bytes)
      },
      synchronize: { descriptor throws(Errno) in
        try self.count()
        try real.synchronize(descriptor)
      },
      close: { descriptor throws(Errno) in
        do throws(Errno) { try self.count() } catch {
          try real.close(descriptor)
          throw error
        }
        try real.close(descriptor)
      },
      rename: { path, newPath throws(Errno) in
        try self.count()
        try real.rename(path, newPath)
        self.state.withLock { $0.replaced += 1 }
      })
  }
}

/// A file's bytes; nil where there is none.
func contents(of path: String) -> [UInt8]? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while case let count = read(descriptor, &buffer, buffer.count), count > 0 {
    bytes += buffer[..<count]
  }
  return bytes
}

/// Makes a file of some bytes.
func write(_ bytes: [UInt8], to path: String) {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
  var rest = bytes[...]
  while !rest.isEmpty, descriptor >= 0 {
    let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    guard count > 0 else { break }
    rest = rest.dropFirst(count)
  }
  close(descriptor)
}

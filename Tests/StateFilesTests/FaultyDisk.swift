import Glibc
import Platform
import SystemPackage

@testable import StateFiles

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

  func repair() { state.withLock { $0.fault = nil } }

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

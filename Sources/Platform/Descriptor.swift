import Glibc
public import SystemPackage

/// A file descriptor, which is closed when its owner releases it.
public struct Descriptor: ~Copyable, Sendable {
  public let number: Int32

  public init(_ number: Int32) { self.number = number }

  deinit { close(number) }

  /// Copies a descriptor to a number of 10 or more, so that it is not one of a child's descriptors.
  /// - Throws: `Errno` if the system has no more descriptors.
  public init(copying original: Int32) throws(Errno) {
    let copy = fcntl(original, F_DUPFD_CLOEXEC, 10)
    guard copy >= 0 else { throw Errno(rawValue: errno) }
    self.init(copy)
  }
}

/// Copies of descriptors, which are closed together. Their numbers are 64 or more, so that they are
/// not among a child's descriptors.
public struct CopiedDescriptors: ~Copyable, Sendable {
  public private(set) var numbers: [Int32] = []

  /// No descriptors.
  public init() {}

  /// Copies descriptors.
  /// - Throws: `Errno` if one is not open or the system has no more descriptors.
  public init(of originals: [Int32]) throws(Errno) {
    for original in originals {
      let copy = fcntl(original, F_DUPFD_CLOEXEC, 64)
      guard copy >= 0 else { throw Errno(rawValue: errno) }
      numbers.append(copy)
    }
  }

  deinit { for number in numbers { close(number) } }
}

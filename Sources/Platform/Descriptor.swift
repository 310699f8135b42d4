import Glibc
public import SystemPackage

/// A file descriptor that is closed with its owner.
public struct Descriptor: ~Copyable {
  public let number: Int32

  public init(_ number: Int32) { self.number = number }

  deinit { close(number) }

  /// A copy with a number of 10 or more, out of the way of those a child is given.
  /// - Throws: `Errno` when there are no more descriptors.
  public init(copying original: Int32) throws(Errno) {
    let copy = fcntl(original, F_DUPFD_CLOEXEC, 10)
    guard copy >= 0 else { throw Errno(rawValue: errno) }
    self.init(copy)
  }
}

/// Copies of descriptors with numbers of 64 or more, out of the way of those that a child is given;
/// they are closed together.
public struct CopiedDescriptors: ~Copyable {
  public private(set) var numbers: [Int32] = []

  /// None at all.
  public init() {}

  /// - Throws: `Errno` when one is not open or there are no more descriptors.
  public init(of originals: [Int32]) throws(Errno) {
    for original in originals {
      let copy = fcntl(original, F_DUPFD_CLOEXEC, 64)
      guard copy >= 0 else { throw Errno(rawValue: errno) }
      numbers.append(copy)
    }
  }

  deinit { for number in numbers { close(number) } }
}

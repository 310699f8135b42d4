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

/// Makes connections that keep messages apart.
public enum MessageSocket {
  /// The two ends of a new connection, for the caller to own.
  /// - Throws: `Errno` when there are no more descriptors.
  public static func pair() throws(Errno) -> (parent: Int32, child: Int32) {
    var ends: [Int32] = [0, 0]
    let type = Int32(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw Errno(rawValue: errno) }
    return (ends[0], ends[1])
  }
}

extension Run {
  /// Where the descriptors begin that a process gets from the one that started it.
  public static var firstPassedDescriptor: Int32 { 5 }

  /// In a process: the number of a descriptor that its parent passed on.
  public func passedDescriptor(_ index: Int) -> Int32 { Self.firstPassedDescriptor + Int32(index) }
}

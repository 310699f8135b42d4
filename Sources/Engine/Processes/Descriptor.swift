import Glibc
import SystemPackage

/// A file descriptor that is closed with its owner.
struct Descriptor: ~Copyable {
  let number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { close(number) }

  /// A copy with a number of 10 or more, out of the way of those a child is given.
  /// - Throws: `Errno` when there are no more descriptors.
  init(copying original: Int32) throws(Errno) {
    let copy = fcntl(original, F_DUPFD_CLOEXEC, 10)
    guard copy >= 0 else { throw Errno(rawValue: errno) }
    self.init(copy)
  }
}

/// Copies of descriptors with numbers of 64 or more, out of the way of those that a child is given;
/// they are closed together.
struct CopiedDescriptors: ~Copyable {
  private(set) var numbers: [Int32] = []

  /// None at all.
  init() {}

  /// - Throws: `Errno` when one is not open or there are no more descriptors.
  init(of originals: [Int32]) throws(Errno) {
    for original in originals {
      let copy = fcntl(original, F_DUPFD_CLOEXEC, 64)
      guard copy >= 0 else { throw Errno(rawValue: errno) }
      numbers.append(copy)
    }
  }

  deinit { for number in numbers { close(number) } }
}

/// Makes connections that keep messages apart.
enum MessageSocket {
  /// The two ends of a new connection, for the caller to own.
  /// - Throws: `Errno` when there are no more descriptors.
  static func pair() throws(Errno) -> (parent: Int32, child: Int32) {
    var ends: [Int32] = [0, 0]
    let type = Int32(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw Errno(rawValue: errno) }
    return (ends[0], ends[1])
  }
}

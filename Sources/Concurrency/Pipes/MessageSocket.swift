import Glibc
public import SystemPackage

/// Creates connections that preserve the boundaries of messages.
public enum MessageSocket {
  /// Creates the two ends of a connection. The caller owns them.
  /// - Throws: `Errno` if the system has no more descriptors.
  public static func pair() throws(Errno) -> (parent: Int32, child: Int32) {
    var ends: [Int32] = [0, 0]
    let type = Int32(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw Errno(rawValue: errno) }
    return (ends[0], ends[1])
  }
}

extension Run {
  /// The first descriptor that a parent passes to a process.
  public static var firstPassedDescriptor: Int32 { 5 }

  /// The number of a descriptor that this process's parent passed on.
  public func passedDescriptor(_ index: Int) -> Int32 { Self.firstPassedDescriptor + Int32(index) }
}

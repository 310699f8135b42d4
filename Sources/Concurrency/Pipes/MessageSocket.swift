import Glibc
public import SystemPackage

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

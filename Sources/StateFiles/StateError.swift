public import SystemPackage

/// Why state cannot be read or saved, as a message for the user.
public enum StateError: Error, Equatable, CustomStringConvertible {
  /// There is no folder for state; the text says why.
  case noFolder(String)
  /// A system call on a file failed.
  case system(_ what: String, _ path: String, Errno)
  /// The path is not a file.
  case refused(_ path: String, _ kind: String)
  /// The file does not have the right format.
  case damaged(_ path: String, _ problem: String)
  /// A newer version of the program wrote the file.
  case newer(_ path: String, version: Int)
  /// A process is still writing the file.
  case isWritten(_ path: String)
  /// Another instance held the lock for too long.
  case busy(_ path: String)

  public var description: String {
    switch self {
    case .noFolder(let reason): reason
    case .system(let what, let path, let error): "\(path) \(what): \(error)"
    case .refused(let path, let kind): "\(path) is \(kind)"
    case .damaged(let path, let problem): "\(path) is damaged (\(problem))"
    case .newer(let path, let version):
      "\(path) was written by a newer lockstep (version \(version) of the file)"
    case .isWritten(let path): "\(path) is still being written; its run goes on"
    case .busy(let path): "another lockstep holds the lock \(path)"
    }
  }
}

public import SystemPackage

/// Why something could not be read or kept, for a person.
public enum StateError: Error, Equatable, CustomStringConvertible {
  /// There is no folder to keep anything in; the text says why.
  case noFolder(String)
  /// A call of the system failed on a file.
  case system(_ what: String, _ path: String, Errno)
  /// What stands in the file's place is none.
  case refused(_ path: String, _ kind: String)
  /// The file does not say what such a file says.
  case damaged(_ path: String, _ problem: String)
  /// The file is a later version's.
  case newer(_ path: String, version: Int)
  /// A living process writes the file.
  case isWritten(_ path: String)
  /// Another instance has held the lock for too long.
  case busy(_ path: String)

  public var description: String {
    switch self {
    case .noFolder(let reason): reason
    case .system(let what, let path, let error): "\(path) \(what): \(error)"
    case .refused(let path, let kind): "\(path) is \(kind)"
    case .damaged(let path, let problem): "\(path) is damaged (\(problem))"
    case .newer(let path, let version):
      "\(path) was written by a newer lockstep (version \(version) of the file)"
    case .isWritten(let path): "\(path) is still being written: its run goes on"
    case .busy(let path): "another lockstep has held \(path) for too long"
    }
  }
}

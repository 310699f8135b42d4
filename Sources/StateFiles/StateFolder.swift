import Glibc
import SystemPackage

/// A folder for the program's files, as the XDG Base Directory Specification says.
public struct StateFolder: Sendable {
  public let path: String

  /// The folder for progress and layout: `$XDG_STATE_HOME/lockstep`.
  public static func state(_ environment: (String) -> String?) throws(StateError) -> StateFolder {
    try StateFolder(variable: "XDG_STATE_HOME", below: ".local/state", environment)
  }

  /// The folder for settings: `$XDG_CONFIG_HOME/lockstep`.
  public static func configuration(_ environment: (String) -> String?) throws(StateError)
    -> StateFolder
  {
    try StateFolder(variable: "XDG_CONFIG_HOME", below: ".config", environment)
  }

  /// A folder in it.
  public func folder(_ name: String) -> StateFolder { StateFolder(path: "\(path)/\(name)") }

  /// The folder of a path.
  public init(path: String) { self.path = path }

  /// A variable of the process's environment.
  public static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// - Throws: `StateError.noFolder` if the environment names none.
  private init(
    variable: String, below standard: String, _ environment: (String) -> String?
  ) throws(StateError) {
    // The specification says to ignore a relative path.
    if let named = environment(variable), named.hasPrefix("/") {
      path = named + "/lockstep"
      return
    }
    guard let home = environment("HOME"), !home.isEmpty else { throw .noFolder("HOME is not set") }
    var status = stat()
    guard home.hasPrefix("/"), stat(home, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw .noFolder("HOME, \(home), is not a folder")
    }
    path = "\(home)/\(standard)/lockstep"
  }

  /// Creates the folder and its parents, for their owner only, if they are missing.
  public func make() throws(StateError) {
    if access(path, F_OK) == 0 { return }
    var made = FilePath(path).root.map { FilePath(root: $0) } ?? FilePath()
    for component in FilePath(path).components {
      made.append(component)
      guard mkdir(made.string, 0o700) != 0, errno != EEXIST else { continue }
      let error = Errno(rawValue: errno)
      // A parent may exist although creating it is not allowed.
      if access(made.string, F_OK) == 0 { continue }
      throw .system("cannot be created", made.string, error)
    }
  }

  /// Creates the folder if it is missing, waits for its lock, and deletes temporary files of killed
  /// processes.
  /// - Parameter patience: the longest wait, in nanoseconds.
  func lock(patience: UInt64) throws(StateError) -> StateLock {
    try make()
    let lock = try StateLock(path + "/.lock", patience: patience)
    FileSystem.removeTemporaries(in: path)
    return lock
  }
}

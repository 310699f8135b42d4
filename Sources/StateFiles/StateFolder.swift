import Glibc
import SystemPackage

/// Where the program keeps what outlives it, as the XDG Base Directory Specification has it.
public struct StateFolder: Sendable {
  public let path: String

  /// What the learner did, and where the borders stand: `$XDG_STATE_HOME/lockstep`.
  public static func state(_ environment: (String) -> String?) throws(StateError) -> StateFolder {
    try StateFolder(variable: "XDG_STATE_HOME", below: ".local/state", environment)
  }

  /// What a person set: `$XDG_CONFIG_HOME/lockstep`.
  public static func configuration(_ environment: (String) -> String?) throws(StateError)
    -> StateFolder
  {
    try StateFolder(variable: "XDG_CONFIG_HOME", below: ".config", environment)
  }

  /// A folder within it.
  public func folder(_ name: String) -> StateFolder { StateFolder(path: "\(path)/\(name)") }

  /// The folder of a path.
  public init(path: String) { self.path = path }

  /// The process's own environment.
  public static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// - Throws: `StateError.noFolder` where the environment names none.
  private init(
    variable: String, below standard: String, _ environment: (String) -> String?
  ) throws(StateError) {
    // Whatever is not absolute is to be ignored, says the specification.
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

  /// Makes the folder and those above it, for their owner only, where they are missing.
  public func make() throws(StateError) {
    if access(path, F_OK) == 0 { return }
    var made = FilePath(path).root.map { FilePath(root: $0) } ?? FilePath()
    for component in FilePath(path).components {
      made.append(component)
      guard mkdir(made.string, 0o700) != 0, errno != EEXIST else { continue }
      let error = Errno(rawValue: errno)
      // On the way there may be folders that are there and may not be made.
      if access(made.string, F_OK) == 0 { continue }
      throw .system("could not be made", made.string, error)
    }
  }

  /// Makes the folder where it is missing, waits for the right to change what is in it, and takes
  /// away what was left there by whoever was killed while it had that right.
  /// - Parameter patience: how long to wait, in nanoseconds.
  func lock(patience: UInt64) throws(StateError) -> StateLock {
    try make()
    let lock = try StateLock(path + "/.lock", patience: patience)
    FileSystem.removeTemporaries(in: path)
    return lock
  }
}

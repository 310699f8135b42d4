import Curses
import Glibc
import Screen

/// A text on its way out of the tutor: into the terminal's clipboard, and where that is not certain
/// into a file.
struct Copy {
  let text: String
  /// What it is, for a person: `the step`.
  let name: String

  init(_ text: String, called name: String) {
    self.text = text
    self.name = name
  }

  /// Writes the file where it is needed, and says where the text is now.
  func notice(_ outcome: CopyOutcome, _ file: CopiedFile = CopiedFile()) -> String {
    guard outcome != .taken else { return "copied \(title)" }
    let place: String
    do {
      try file.write(Sanitizer.pasteSafe(text))
      place = file.shownPath
    } catch {
      if outcome == .offered { return "copied \(title), if the terminal lets it" }
      return "\(title) could not be copied to \(file.shownPath): \(error)"
    }
    return switch outcome {
    case .taken, .offered: "copied \(title), also to \(place)"
    case .tooLong: "copied \(title) to \(place); the terminal takes no text so long"
    case .noClipboard: "copied \(title) to \(place); this terminal has no clipboard"
    }
  }

  /// `the step (41 lines)`.
  private var title: String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let count = lines.count - (lines.last == "" && lines.count > 1 ? 1 : 0)
    return "\(name) (\(count == 1 ? "1 line" : "\(count) lines"))"
  }
}

/// The file that holds the last text that was copied, readable for its owner alone.
struct CopiedFile {
  struct WriteError: Error, CustomStringConvertible {
    let code: Int32
    var description: String { String(cString: strerror(code)) }
  }

  private let home: String?
  private let folders: [String]

  /// - Parameter variables: the environment's HOME and XDG_STATE_HOME.
  init(_ variables: (String) -> String? = { getenv($0).map { String(cString: $0) } }) {
    func absolute(_ name: String) -> String? {
      variables(name).flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    home = absolute("HOME")
    if let state = absolute("XDG_STATE_HOME") {
      folders = [state, state + "/lockstep"]
    } else {
      folders =
        home.map { [$0 + "/.local", $0 + "/.local/state", $0 + "/.local/state/lockstep"] } ?? []
    }
  }

  private var path: String { (folders.last.map { $0 + "/" } ?? "") + "copied.txt" }

  /// The path as a person writes it.
  var shownPath: String {
    guard let home, home != "/", path.hasPrefix(home + "/") else { return path }
    return "~" + path.dropFirst(home.count)
  }

  /// Writes it whole or not at all: under another name first.
  func write(_ text: String) throws(WriteError) {
    guard let folder = folders.last else { throw WriteError(code: ENOENT) }
    for folder in folders where mkdir(folder, 0o700) != 0 && errno != EEXIST {
      throw WriteError(code: errno)
    }
    let draft = folder + "/.copied.\(getpid())"
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw WriteError(code: errno) }
    let failure = Self.fill(descriptor, with: Array(text.utf8))
    let isClosed = close(descriptor) == 0
    guard failure == nil, isClosed, rename(draft, path) == 0 else {
      let code = failure ?? errno
      unlink(draft)
      throw WriteError(code: code)
    }
  }

  /// - Returns: why not all could be written, if so.
  private static func fill(_ descriptor: Int32, with bytes: [UInt8]) -> Int32? {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return errno }
      written += count
    }
    return nil
  }
}

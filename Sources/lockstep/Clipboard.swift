import Curses
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
  func notice(
    _ outcome: CopyOutcome, environment: (String) -> String? = StateFolder.environment
  ) -> String {
    guard outcome != .copied else { return "copied \(title)" }
    let place: String
    do {
      place = try CopiedFile.write(Sanitizer.pasteSafe(text), environment)
    } catch {
      if outcome == .sent { return "copied \(title), if the terminal lets it" }
      return "\(title) could not be copied: \(error)"
    }
    return switch outcome {
    case .copied, .sent: "copied \(title), also to \(place)"
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
enum CopiedFile {
  /// Puts a text into the file, whole or not at all.
  /// - Returns: the file's path, as a person writes it.
  static func write(
    _ text: String, _ environment: (String) -> String?
  ) throws(StateError) -> String {
    let folder = try StateFolder.state(environment)
    try folder.make()
    let path = folder.path + "/copied.txt"
    try FileSystem.real.replace(path, with: Array(text.utf8))
    guard let home = environment("HOME"), home.hasPrefix("/"), home != "/",
      path.hasPrefix(home + "/")
    else { return path }
    return "~" + path.dropFirst(home.count)
  }
}

import Curses
import Screen
import StateFiles

/// A text to copy to the terminal's clipboard, and to a file if the clipboard may not take it.
struct Copy {
  let text: String
  /// What the text is: `the step`.
  let name: String

  init(_ text: String, called name: String) {
    self.text = text
    self.name = name
  }

  /// Writes the file if it is needed. Returns a message that says where the text is.
  func notice(
    _ outcome: CopyOutcome, environment: (String) -> String? = StateFolder.environment
  ) -> String {
    guard outcome != .copied else { return "copied \(title)" }
    let place: String
    do {
      place = try CopiedFile.write(Sanitizer.pasteSafe(text), environment)
    } catch {
      if outcome == .sent { return "copied \(title), if the terminal allows it" }
      return "cannot copy \(title): \(error)"
    }
    return switch outcome {
    case .copied, .sent: "copied \(title), also to \(place)"
    case .tooLong: "copied \(title) to \(place); it is too long for the terminal"
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

/// The file with the last copied text, readable only by its owner.
enum CopiedFile {
  /// Writes a text to the file atomically.
  /// - Returns: the path of the file, with `~` for the home folder.
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

import Catalog
import Documents
import Glibc
import LessonKit
import Shell
import SystemPackage

/// A first word that is neither a lesson nor a command, and a suggestion.
struct MistakenWord {
  private let word: String
  private let course: Course

  /// Nil if the word is a lesson's name or number.
  init?(_ word: String, in course: Course) {
    guard !Place.namesLesson(word, in: course) else { return nil }
    self.word = word
    self.course = course
  }

  /// The failure, with what to type instead.
  var failure: Failure { Failure(message, .wrongUsage) }

  private var message: String {
    if isPath { return "to open a document: lockstep open \(word)" }
    let name = String(word.prefix { $0 != "/" })
    guard let command = Suggestion.closest(to: name, among: Lockstep.commandNames) else {
      return Place.unknown(name, in: course, Self.kinds)
    }
    return "no \(Self.kinds) is called \"\(name)\" (did you mean \(command)?)"
  }

  private static let kinds = "lesson or command"

  /// Whether the word is a file's name: the file exists, or the name ends like a document's.
  private var isPath: Bool {
    let path = ProgramWords.path(word)
    if path.withPlatformString({ access($0, F_OK) }) == 0 { return true }
    guard let last = path.lastComponent, last.extension != nil else { return false }
    return FolderWalk.isDocument(last)
  }
}

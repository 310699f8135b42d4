import Documents
import Shell
import Catalog
import Glibc
import LessonKit
import SystemPackage

/// A first word that is neither a lesson nor a command, and what it was probably meant to be.
struct MistakenWord {
  private let word: String
  private let course: Course

  /// Nothing, where the word is a lesson's name or number.
  init?(_ word: String, in course: Course) {
    guard !Place.namesLesson(word, in: course) else { return nil }
    self.word = word
    self.course = course
  }

  /// What is wrong, and what to type instead.
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

  /// Whether it is a file's name: of one that is there, or by its ending of one that should be.
  private var isPath: Bool {
    let path = ProgramWords.path(word)
    if path.withPlatformString({ access($0, F_OK) }) == 0 { return true }
    guard let last = path.lastComponent, last.extension != nil else { return false }
    return FolderWalk.isDocument(last)
  }
}

import ArgumentParser
import CPlatform
import Catalog
import Documents
import Glibc
import JSON
import LessonKit
import Screen
import Shell
import StateFiles

/// `lockstep progress`: shows or resets the learner's progress.
struct ProgressCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "progress", abstract: "Show which steps you have seen and run, or reset that.",
    discussion: """
      Examples:
        lockstep progress                    the lessons and your documents
        lockstep progress notes.md           one document
        lockstep progress --reset            forget everything, after a question
        lockstep progress --reset notes.md   forget one document ("built-in" for the lessons)
        lockstep progress --restore          undo the last reset
      """)

  @Flag(help: "Print one JSON object.")
  var json = false

  @Flag(help: "Forget the progress in DOCUMENT, or in all documents.")
  var reset = false

  @Flag(help: "Undo the last --reset.")
  var restore = false

  @Flag(help: "Reset without asking.")
  var yes = false

  @Argument(help: "A file or folder that you have opened, or built-in.")
  var document: String?

  func validate() throws {
    if [json, reset, restore].count(where: { $0 }) > 1 {
      throw ValidationError("use only one of --json, --reset and --restore")
    }
    if document != nil, restore {
      throw ValidationError("--restore takes no document; it restores everything")
    }
    if yes, !reset { throw ValidationError("--yes works only with --reset") }
  }

  func run() throws {
    do {
      let store = ProgressStore(in: try StateFolder.state(StateFolder.environment))
      if reset {
        try forget(in: store)
      } else if restore {
        try undoReset(in: store)
      } else {
        let catalog = DemoCatalog(cores: Int(lks_available_cores()))
        let file = try read(store)
        let report = ProgressReport(
          course: try BuiltInCourse.load(catalog), file: file,
          only: try document.map { try key(of: $0, in: file) })
        if json {
          try OutputFile.print(report.json.text + "\n")
        } else {
          try OutputFile.print(shown: report.lines.joined(separator: "\n") + "\n")
        }
      }
    } catch let error as StateError {
      throw Failure("\(error)")
    }
  }

  private func read(_ store: ProgressStore) throws -> ProgressFile {
    do {
      return try store.read() ?? ProgressFile()
    } catch {
      guard case .damaged = error else { throw error }
      throw Failure("\(error); the next start of the tutor renames it and starts a new one")
    }
  }

  // MARK: forgetting

  private func forget(in store: ProgressStore) throws {
    let file = try store.read() ?? ProgressFile()
    let name = try document.map { try key(of: $0, in: file) }
    guard !file.documents.isEmpty else {
      try OutputFile.print(shown: "There is no progress yet, so there is nothing to forget.\n")
      return
    }
    try confirm(Self.what(name, in: file))
    try store.reset(name)
    try OutputFile.print(
      shown: "Forgotten. To undo: lockstep progress --restore. The backup is \(store.backupPath).\n"
    )
  }

  /// A document's name in the file.
  private func key(of text: String, in file: ProgressFile) throws -> String {
    if text == ProgressFile.builtIn { return text }
    var names = [text]
    if let real = realpath(text, nil) {
      defer { free(real) }
      names.append(String(cString: real))
    }
    if let name = names.first(where: { file.documents[$0] != nil }) { return name }
    // One of several documents that were opened together is enough. The latest entry counts.
    let together = file.documents.filter { entry in
      ProgressFile.parts(of: entry.key).contains { names.contains($0) }
    }
    let last = together.max { ($0.value.changed, $0.key) < ($1.value.changed, $1.key) }
    if let last { return last.key }
    throw Failure(
      "there is no progress in \"\(text)\"; lockstep progress lists the documents", .wrongUsage)
  }

  /// What a reset would forget, as text.
  private static func what(_ name: String?, in file: ProgressFile) -> String {
    guard let name else {
      let opened = file.documents.keys.count { $0 != ProgressFile.builtIn }
      let lessons = file.documents[ProgressFile.builtIn].map { counts($0.progress) }
      let parts =
        (lessons.map { ["\($0) in the built-in lessons"] } ?? [])
        + (opened > 0 ? ["\(opened) other document\(opened == 1 ? "" : "s")"] : [])
      return parts.listed
    }
    let title = name == ProgressFile.builtIn ? "the built-in lessons" : name
    return "\(counts(file.documents[name]?.progress ?? DocumentProgress())) in \(title)"
  }

  private static func counts(_ progress: DocumentProgress) -> String {
    "\(progress.seen.count) step\(progress.seen.count == 1 ? "" : "s") seen"
  }

  private func confirm(_ what: String) throws {
    if yes { return }
    guard isatty(0) == 1 else {
      throw Failure("--reset asks first, but this is not a terminal; add --yes", .wrongUsage)
    }
    let question = "Forget \(what)? [y/N] "
    var bytes = Array(OutputText.shown(question, newlines: .visible).utf8)
    _ = write(2, &bytes, bytes.count)
    let answer = readLine()?.lowercased() ?? ""
    guard answer == "y" || answer == "yes" else { throw Failure("nothing was forgotten") }
  }

  private func undoReset(in store: ProgressStore) throws {
    guard try store.restore() else {
      let older = store.olderBackups
      let rest =
        older.isEmpty ? "" : "; earlier backups are in \(older.listed)"
      throw Failure("there is nothing to restore: no reset was made, or it was undone\(rest)")
    }
    try OutputFile.print(shown: "The last reset is undone.\n")
  }
}

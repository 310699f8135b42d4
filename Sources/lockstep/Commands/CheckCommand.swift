import ArgumentParser
import CPlatform
import Catalog
import Checking
import Glibc
import JSON
import LessonKit
import Lessons
import Screen
import Shell

/// `lockstep check`: checks lessons for their author.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "List what to fix in lessons, line by line.",
    discussion: """
      Each finding is one line, file:line:column: message, as compilers write it. The column counts \
      bytes. An error is something that does not work for a learner; errors make the exit status \
      1. Warnings do so only with --strict. Hints are shown only with --hints: steps that do not \
      fit a screen of 80×24. Without a PATH, the built-in lessons are checked. The check executes \
      nothing in a document or a listing.
      """)

  @Argument(
    help: ArgumentHelp(
      "Documents, folders of documents, or - for standard input.",
      valueName: "PATH"), completion: .file())
  var paths: [String] = []

  @Flag(help: "Fail on warnings too.")
  var strict = false

  @Flag(help: "Show hints too.")
  var hints = false

  @Flag(help: "Print one JSON object: findings, lessons, steps.")
  var json = false

  func run() throws {
    let catalog = DemoCatalog(cores: Int(lks_available_cores()))
    let check =
      paths.isEmpty
      ? LessonCheck.ofBuiltInLessons(catalog)
      : LessonCheck(try CheckedFiles(paths: paths), catalog: catalog)
    let report = CheckReport(check, showsHints: hints)
    if json {
      try OutputFile.print(report.json.text + "\n")
    } else {
      try OutputFile.print(shown: report.lines)
    }
    for note in report.notes {
      let line = Array((OutputText.shown(note, newlines: .visible) + "\n").utf8)
      _ = write(STDERR_FILENO, line, line.count)
    }
    if report.fails(isStrict: strict) { Finish.exit(.failed) }
  }
}

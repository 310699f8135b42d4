import JSON
import Shell
import Checking
import ArgumentParser
import CPlatform
import Catalog
import Glibc
import LessonKit
import Lessons
import Screen

/// `lockstep check`: what the author of a lesson would want to know before a learner does.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say what should be mended in lessons, line by line.",
    discussion: """
      Each finding is one line, file:line:column: message, as editors and compilers write it; the \
      column counts bytes. Errors make the exit status 1: what a learner would find not to work. \
      Warnings, marked so, do that only with --strict. Hints are shown only with --hints: steps \
      that do not fit a screen of 80×24. Without a PATH the lessons that come with the program \
      are checked. Nothing that a document or a listing says is executed.
      """)

  @Argument(
    help: ArgumentHelp(
      "Documents, folders with all documents in them, or - for standard input.",
      valueName: "PATH"), completion: .file())
  var paths: [String] = []

  @Flag(help: "Let warnings fail too.")
  var strict = false

  @Flag(help: "Show hints as well.")
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
    let text = json ? report.json.text + "\n" : report.lines
    try OutputFile.print(isatty(1) == 1 ? Sanitizer.displaySafe(text) : text)
    for note in report.notes {
      let line = Array((Sanitizer.displaySafe(note, newlines: .visible) + "\n").utf8)
      _ = write(STDERR_FILENO, line, line.count)
    }
    if report.fails(isStrict: strict) { Finish.exit(.failed) }
  }
}

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

/// What a check found, told.
struct CheckReport {
  private let check: LessonCheck
  private let shown: [Diagnostic]

  init(_ check: LessonCheck, showsHints: Bool) {
    self.check = check
    shown = check.findings.filter { showsHints || $0.severity != .hint }
  }

  /// A line for each finding; a name or a word with line ends in it stays on its line.
  var lines: String {
    shown.map { Sanitizer.displaySafe($0.description, newlines: .visible) + "\n" }.joined()
  }

  var json: JSONValue {
    .object([
      (
        "findings",
        .array(
          shown.map { finding in
            .object([
              ("file", .string(finding.file)),
              ("line", .number(finding.line)),
              ("column", .number(finding.column)),
              ("severity", .string(finding.severity.rawValue)),
              ("message", .string(finding.message)),
            ])
          })
      ),
      ("lessons", .number(check.lessons)),
      ("steps", .number(check.steps)),
    ])
  }

  /// What a person should know beside the findings; the summary comes last.
  var notes: [String] { check.notes + [summary] }

  private var summary: String {
    let read = "\(Self.count(check.lessons, "lesson")), \(Self.count(check.steps, "step"))"
    let counts = [Diagnostic.Severity.error, .warning].compactMap { severity in
      let count = shown.count { $0.severity == severity }
      return count == 0 ? nil : Self.count(count, severity.rawValue)
    }
    let hints = check.findings.count { $0.severity == .hint }
    let areHidden = !shown.contains { $0.severity == .hint }
    let showing = areHidden ? " (see \(hints == 1 ? "it" : "them") with --hints)" : ""
    return "\(read), \(counts.isEmpty ? "nothing to mend" : counts.listed)"
      + (hints == 0 ? "" : "; \(Self.count(hints, "hint"))\(showing)")
  }

  private static func count(_ number: Int, _ word: String) -> String {
    "\(number) \(word)\(number == 1 ? "" : "s")"
  }

  func fails(isStrict: Bool) -> Bool {
    check.findings.contains { $0.severity == .error || (isStrict && $0.severity == .warning) }
  }
}

import Catalog
public import JSON
import LessonKit
import Screen

/// The report of a check, as lines and as JSON.
public struct CheckReport {
  private let check: LessonCheck
  private let shown: [Diagnostic]

  public init(_ check: LessonCheck, showsHints: Bool) {
    self.check = check
    shown = check.findings.filter { showsHints || $0.severity != .hint }
  }

  /// A line for each finding. Line ends in names are escaped.
  public var lines: String {
    shown.map { Sanitizer.displaySafe($0.description, newlines: .visible) + "\n" }.joined()
  }

  public var json: JSONValue {
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

  /// Notes for the user beside the findings. The summary comes last.
  public var notes: [String] { check.notes + [summary] }

  private var summary: String {
    let read = "\(Self.count(check.lessons, "lesson")), \(Self.count(check.steps, "step"))"
    let counts = [Diagnostic.Severity.error, .warning].compactMap { severity in
      let count = shown.count { $0.severity == severity }
      return count == 0 ? nil : Self.count(count, severity.rawValue)
    }
    let hints = check.findings.count { $0.severity == .hint }
    let areHidden = !shown.contains { $0.severity == .hint }
    let showing = areHidden ? " (see \(hints == 1 ? "it" : "them") with --hints)" : ""
    return "\(read), \(counts.isEmpty ? "nothing to fix" : counts.listed)"
      + (hints == 0 ? "" : "; \(Self.count(hints, "hint"))\(showing)")
  }

  private static func count(_ number: Int, _ word: String) -> String {
    "\(number) \(word)\(number == 1 ? "" : "s")"
  }

  public func fails(isStrict: Bool) -> Bool {
    check.findings.contains { $0.severity == .error || (isStrict && $0.severity == .warning) }
  }
}

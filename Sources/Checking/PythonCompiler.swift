import LessonKit
import Shell

/// Asks python3 whether listings compile. It does not execute them and does not learn their names.
enum PythonCompiler {
  /// Reads the length and the text of each listing. Prints `fine` or the error, a line for each.
  private static let script = """
    import sys, warnings
    warnings.simplefilter("ignore")
    source = sys.stdin.buffer
    for line in iter(source.readline, b""):
        text = source.read(int(line)).decode("utf-8-sig")
        try:
            compile(text, "listing", "exec", dont_inherit=True)
        except SyntaxError as error:
            why = str(error.msg).splitlines()[0]
            print(error.lineno or 1, error.offset or 1, why, flush=True)
        except Exception as error:
            print(1, 1, type(error).__name__, flush=True)
        else:
            print("fine", flush=True)
    """

  /// The errors in the listings.
  /// - Throws: `ProgramTrouble` if there is no python3 that answers.
  static func errors(
    in listings: [(name: String, text: String)]
  ) throws(ProgramTrouble) -> [Diagnostic] {
    var input: [UInt8] = []
    for listing in listings {
      input += Array("\(listing.text.utf8.count)\n".utf8) + Array(listing.text.utf8)
    }
    let output = try ProgramOutput(of: ["python3", "-I", "-c", script], input: input)
    if output.bytes.isEmpty { throw output.trouble ?? .printedNothing }
    let answers = String(decoding: output.bytes, as: UTF8.self).split(separator: "\n")
    return listings.enumerated().compactMap { index, listing in
      guard index < answers.count else {
        let reason = output.trouble.map { "\($0)" } ?? "ended"
        return Diagnostic(
          file: listing.name, line: 1, message: "python3 \(reason) before it compiled this")
      }
      return diagnostic(answers[index], of: listing)
    }
  }

  private static func diagnostic(
    _ answer: Substring, of listing: (name: String, text: String)
  ) -> Diagnostic? {
    if answer == "fine" { return nil }
    let parts = answer.split(separator: " ", maxSplits: 2).map(String.init)
    guard parts.count == 3, let line = Int(parts[0]), let character = Int(parts[1]) else {
      return Diagnostic(
        file: listing.name, line: 1,
        message: "python3 gave a strange answer, so this was not compiled")
    }
    let lines = listing.text.split(omittingEmptySubsequences: false) { $0.isNewline }
    // Python counts characters in decoded text. In bytes it counts sometimes bytes, sometimes
    // characters, so the script decodes first.
    let row = lines.indices.contains(line - 1) ? lines[line - 1] : ""
    let before = Substring(row.unicodeScalars.prefix(max(0, character - 1)))
    return Diagnostic(
      file: listing.name, line: max(1, line), column: 1 + before.utf8.count,
      severity: .error, message: "this does not compile: \(parts[2])")
  }
}

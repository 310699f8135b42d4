import Glibc
import LessonKit
import Pty
import TestDocuments
import Testing

/// Opens documents with the real program in plain mode, and looks for each of their words.
///
/// Files of your own can be compared too:
/// `LOCKSTEP_WORDS="a.md b.txt" swift test --filter DocumentWordsTests`.
@Suite("The words of documents")
struct DocumentWordsTests {
  private static let environment = ["PATH=/usr/bin:/bin", "LANG=C.UTF-8"]

  private static let own: [String] = {
    guard let files = getenv("LOCKSTEP_WORDS") else { return [] }
    return String(cString: files).split(separator: " ").map(String.init)
  }()

  /// Everything that the plain tutor says of a document, from its first step to its last.
  static func shown(_ path: String) throws -> String {
    let words = ["open", path, "--plain"]
    let first = try Program(words, environment: environment, input: "progress\nquit\n")
    #expect(first.status == 0 && first.standardError.isEmpty, "\(first.standardError)")
    let sentence = first.standardOutput.split(separator: "\n").last {
      $0.contains(" seen. Good-bye.")
    }
    let count = sentence?.split(separator: " ").compactMap { Int($0) }.last ?? 1
    guard count > 1 else { return first.standardOutput }
    let typed = String(repeating: "next\n", count: count - 1) + "quit\n"
    return try Program(words, environment: environment, input: typed).standardOutput
  }

  /// The words that are missing, as one text for each line of the document.
  static func missing(_ path: String) throws -> [String] {
    let text = try #require(KeptDocuments.read(path))
    let document = DocumentWords(text, name: path)
    let missing = Dictionary(grouping: document.missing(from: try shown(path)), by: \.line)
    return missing.keys.sorted().map { line in
      "line \(line): " + (missing[line] ?? []).map(\.text).joined(separator: " ")
    }
  }

  @Test("Each word of each document is shown in plain mode", arguments: KeptDocuments.names)
  func documents(name: String) throws {
    let missing = try Self.missing(KeptDocuments.folder + "/" + name)
    #expect(missing.isEmpty, "\(name)\n\(missing.joined(separator: "\n"))")
  }

  @Test("Each word of your own documents is shown in plain mode", arguments: own)
  func ownDocuments(path: String) throws {
    let missing = try Self.missing(path)
    #expect(missing.isEmpty, "\(path)\n\(missing.joined(separator: "\n"))")
  }

  @Test("There are documents of many kinds")
  func kinds() { #expect(KeptDocuments.names.count >= 20) }

  @Test("The comparison finds a word that is shown too seldom, with its line")
  func comparison() {
    let words = DocumentWords("one two\ntwo three\nconcur-\nrent\n", isMarkdown: false)
    let found = words.missing(from: "Two, one. Concurrent!")
    #expect(found == [.init(text: "two", line: 2), .init(text: "three", line: 2)])
  }

  @Test("Markup is no word, and neither are the marks of an export")
  func markup() {
    let text = """
      1. [x][label] [a.md](a.md) `--range`s &amp; y<br>z H<sub>2</sub>O [^n]

      - [x] done

      [label]: target

      Copy code
      ```py
      py = 1
      ```
      """
    let words = DocumentWords(text, isMarkdown: true).words.map(\.text)
    #expect(words == ["x", "a", "md", "ranges", "y", "z", "h2o", "done", "target", "py", "1"])
  }
}

import Glibc
import LessonKit
import Pty
import Testing

/// Opens documents with the real program in plain mode, and looks for each of their words.
///
/// Files of your own can be compared too:
/// `LOCKSTEP_WORDS="a.md b.txt" swift test --filter DocumentWordsTests`.
@Suite("The words of documents")
struct DocumentWordsTests {
  private static let environment = ["PATH=/usr/bin:/bin", "LANG=C.UTF-8"]

  private static let folder: String = {
    let file = #filePath
    return String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)]) + "/Documents"
  }()

  /// The names of the documents beside the tests.
  static let names: [String] = {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.first != "." { names.append(name) }
    }
    return names.sorted()
  }()

  private static let own: [String] = {
    guard let files = getenv("LOCKSTEP_WORDS") else { return [] }
    return String(cString: files).split(separator: " ").map(String.init)
  }()

  private static func read(_ path: String) throws -> String {
    let file = try #require(fopen(path, "r"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

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
    let text = try read(path)
    let document = DocumentWords(text, isMarkdown: MarkdownName.matches(path))
    let missing = Dictionary(grouping: document.missing(from: try shown(path)), by: \.line)
    return missing.keys.sorted().map { line in
      "line \(line): " + (missing[line] ?? []).map(\.text).joined(separator: " ")
    }
  }

  @Test("Each word of each document is shown in plain mode", arguments: names)
  func documents(name: String) throws {
    let missing = try Self.missing(Self.folder + "/" + name)
    #expect(missing.isEmpty, "\(name)\n\(missing.joined(separator: "\n"))")
  }

  @Test("Each word of your own documents is shown in plain mode", arguments: own)
  func ownDocuments(path: String) throws {
    let missing = try Self.missing(path)
    #expect(missing.isEmpty, "\(path)\n\(missing.joined(separator: "\n"))")
  }

  @Test("There are documents of many kinds")
  func kinds() { #expect(Self.names.count >= 20) }

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

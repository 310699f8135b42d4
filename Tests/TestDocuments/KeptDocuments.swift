internal import Platform
internal import Pty
internal import SystemPackage

/// The documents in the folder `Documents`, one of each kind that people have.
public enum KeptDocuments {
  /// The path of the folder.
  public static let folder: String = {
    let file = #filePath
    return String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)]) + "/Documents"
  }()

  /// The names of the documents.
  public static let names = (FolderEntries(FilePath(folder), limit: .max)?.names ?? [])
    .map(\.string).filter { $0.first != "." }.sorted()

  /// A handout as a word processor exports it: Markdown in a text file, with cut programs, labels of
  /// code boxes, blank lines in code, lone hyphens, and sections without headings.
  public static let handout = "exported-handout.txt"

  /// The text of a file, or nil if it cannot be read.
  public static func read(_ path: String) -> String? {
    contents(of: path).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The text of one of the documents, or an empty text if there is none of the name.
  public static func text(_ name: String) -> String { read("\(folder)/\(name)") ?? "" }
}

import Catalog
import Documents
import Glibc
import LessonKit
import Platform
import Shell
import SystemPackage

/// The files of a check: the named files, and the documents and listings in named folders.
public struct CheckedFiles {
  /// A document and how to read it. Reading is deferred, since all documents together may not fit
  /// in memory.
  typealias Document = (name: String, content: () -> Result<[UInt8], Unreadable>)

  private(set) var documents: [Document] = []
  /// The Python files in the folders that hold a document.
  private(set) var listings: [(name: String, text: String)] = []
  private(set) var notes: [String] = []
  /// The named folder in which a document was found, by the document's name.
  private(set) var courses: [String: String] = [:]
  private(set) var neighbours = Neighbours()

  /// The longest document to read, and the most names to read of a folder.
  private static let limit = DocumentLimits.opened.bytes
  private static let mostNames = 5_000

  /// - Throws: `Failure` for a path that does not exist, and for a folder without documents, so
  ///   that a wrong path does not pass the check.
  public init(paths: [String]) throws {
    var empty: [String] = []
    for path in paths {
      guard path != "-" else {
        let bytes = try StandardInput.read(limit: Self.limit, progress: ReadingProgress())
        add("-") { .success(bytes) }
        continue
      }
      let file = ProgramWords.path(path)
      do {
        switch try DocumentFile.kind(of: file) {
        case .folder: if try !walk(file) { empty.append(path) }
        case .file: add(String(decoding: file)) { Self.content(of: file) }
        }
      } catch {
        guard !error.isMissing else { throw Failure(error.reason, .wrongUsage) }
        add(String(decoding: file)) { .failure(error) }
      }
    }
    guard empty.isEmpty else {
      throw Failure(
        (notes + ["there is no document in \(empty.listed)"]).joined(separator: "; "))
    }
  }

  private mutating func add(
    _ name: String, _ content: @escaping () -> Result<[UInt8], Unreadable>
  ) {
    guard !documents.contains(where: { $0.name == name }) else { return }
    documents.append((name, content))
  }

  /// Finds the documents of a folder, which form one course, and the listings beside them.
  /// - Returns: whether there is any document.
  private mutating func walk(_ folder: FilePath) throws(Unreadable) -> Bool {
    let walk = try FolderWalk(folder)
    notes += walk.notices
    var folders: [FilePath] = []
    for path in walk.documents {
      add(String(decoding: path)) { Self.content(of: path, in: folder) }
      courses[String(decoding: path)] = String(decoding: folder)
      let parent = path.removingLastComponent()
      if !folders.contains(parent) { folders.append(parent) }
    }
    neighbours.folders.append(folder)
    for folder in folders {
      let names = FolderEntries(folder, limit: Self.mostNames)?.names ?? []
      for name in names.sorted(by: { $0.string < $1.string }) where name.extension == "py" {
        let path = String(decoding: folder.appending(name))
        if let text = neighbours.listing(path) { listings.append((path, text)) }
      }
    }
    return !folders.isEmpty
  }

  // MARK: One file

  static func isThere(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The folder of a path, or an empty string for the working directory.
  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  private static func content(
    of path: FilePath, in folder: FilePath? = nil
  ) -> Result<[UInt8], Unreadable> {
    Result { () throws(Unreadable) in
      try DocumentFile.read(path, in: folder, limit: limit, progress: ReadingProgress()).bytes
    }
  }

  /// Reads what the documents show or link to. A link in a named folder does not lead out of it.
  struct Neighbours: Sendable {
    fileprivate(set) var folders: [FilePath] = []

    /// The text of a Python file, or nil if it cannot be read.
    func listing(_ path: String) -> String? {
      guard path.hasSuffix(".py") else { return nil }
      return text(of: path)
    }

    func anchors(_ path: String) -> Set<String>? {
      text(of: path).flatMap { LessonLint.anchors(of: $0) }
    }

    private func text(of path: String) -> String? {
      let file = FilePath(path)
      let folder = folders.first { file.starts(with: $0) }
      guard let bytes = try? CheckedFiles.content(of: file, in: folder).get() else { return nil }
      return (try? DecodedText(bytes, file: path))?.text
    }
  }
}

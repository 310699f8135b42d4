import Glibc
import LessonKit
import SystemPackage

extension DocumentShelf {
  /// The state of one reading of all documents.
  struct Session {
    let isSettled: Bool
    let budget: ParseBudget
    let progress: ReadingProgress
    /// The size of all documents in bytes, including those just read.
    var size: Int
    var news = News()
  }

  /// Reads the documents that are new or changed.
  ///
  /// - Parameter isSettled: whether a missing file counts as gone. An editor that saves may remove
  ///   the old file a moment before it writes the new one.
  mutating func read(isSettled: Bool, progress: ReadingProgress) -> News {
    var session = Session(
      isSettled: isSettled, budget: budget(), progress: progress,
      size: shelves.flatMap(\.documents).reduce(0) { $0 + $1.size })
    for index in shelves.indices {
      switch shelves[index].source {
      case .file(let path): readFile(path, index, &session)
      case .folder(let path): readFolder(path, index, &session)
      case .standardInput(let bytes): readInput(bytes, index, &session)
      }
    }
    return session.news
  }

  private mutating func readInput(_ bytes: [UInt8], _ shelf: Int, _ session: inout Session) {
    guard shelves[shelf].documents.isEmpty else { return }
    let name = StandardInput.name
    let size = session.size + bytes.count
    guard size <= limit else {
      report(isTooMuch(name), of: FilePath(name), &session)
      return
    }
    do throws(DocumentError) {
      shelves[shelf].documents = [try parse(bytes, nil, name: name, identity: nil, session)]
      session.size = size
    } catch {
      report("\(error)", of: FilePath(name), &session)
    }
  }

  /// The message for a document that would exceed the limit of all documents together.
  private func isTooMuch(_ name: String) -> String {
    "\(name) is left out: the documents are larger than \(ByteCount.text(limit)) together"
  }

  private mutating func readFile(_ path: FilePath, _ shelf: Int, _ session: inout Session) {
    let old = shelves[shelf].documents.first
    switch reading(path, old: old, &session) {
    case .document(let document):
      note(document, instead: old, path, &session)
      shelves[shelf].documents = [document]
    case .missing(let reason):
      guard session.isSettled else {
        session.news.isUnsettled = true
        return
      }
      let gone = "\(Self.shortName(path)) is gone; its old text stays here"
      report(old == nil ? reason : gone, of: path, &session)
    case .trouble(let reason): report(reason, of: path, &session)
    }
  }

  private mutating func readFolder(_ folder: FilePath, _ shelf: Int, _ session: inout Session) {
    let walk: FolderWalk
    do throws(Unreadable) {
      walk = try FolderWalk(folder, limits: walkLimits)
    } catch {
      // The documents stay. The folder may come back in a moment.
      if session.isSettled { report(error.reason, of: folder, &session) }
      session.news.isUnsettled = !session.isSettled
      return
    }
    shelves[shelf].folders = walk.folders
    let known = Dictionary(
      shelves[shelf].documents.compactMap { document in document.path.map { ($0, document) } }
    ) { first, _ in first }
    let missing = Set(known.keys).subtracting(walk.documents)
    let isSettled = session.isSettled || missing.isEmpty
    if !isSettled { session.news.isUnsettled = true }
    guard !walk.documents.isEmpty else {
      let none = "there are no documents in \(String(decoding: folder))"
      let reason = known.isEmpty ? none : none + " any more; the old texts stay here"
      if isSettled { report(reason, of: folder, &session) }
      return
    }
    troubles[folder] = nil
    session.news.notices += walk.notices.filter { walkNotices.insert($0).inserted }
    // A missing document keeps its place until it is certainly gone.
    let kept = isSettled ? [] : Array(missing)
    let paths = kept.isEmpty ? walk.documents : walk.documents + kept
    var documents: [Document] = []
    for path in kept.isEmpty ? paths : paths.sorted(by: NaturalOrder.isBefore) {
      let old = known[path]
      switch reading(path, in: folder, old: old, &session) {
      case .document(let document):
        note(document, instead: old, path, &session)
        documents.append(document)
      case .missing: if let old { documents.append(old) }
      case .trouble(let reason):
        if let old { documents.append(old) }
        report(reason, of: path, &session)
      }
    }
    if isSettled {
      session.news.removed += missing.sorted(by: NaturalOrder.isBefore).map(Self.shortName)
    }
    shelves[shelf].documents = documents
  }

  // MARK: One document

  private enum Reading {
    /// The document, changed or not.
    case document(Document)
    case missing(String)
    /// Why the document cannot be read.
    case trouble(String)
  }

  private mutating func reading(
    _ path: FilePath, in folder: FilePath? = nil, old: Document?, _ session: inout Session
  ) -> Reading {
    let name = String(decoding: path)
    do throws(Unreadable) {
      if let old, case .file(let identity) = try DocumentFile.kind(of: path),
        identity == old.identity
      {
        return .document(old)
      }
      let (bytes, identity) = try DocumentFile.read(
        path, in: folder, limit: limit, progress: session.progress)
      if var old {
        if bytes.isEmpty, old.size > 0 {
          return .trouble("\(Self.shortName(path)) is empty now; its old text stays here")
        }
        if Fingerprint.of(bytes) == old.digest {
          old.identity = identity
          return .document(old)
        }
      }
      let size = session.size - (old?.size ?? 0) + bytes.count
      guard size <= limit else { return .trouble(isTooMuch(name)) }
      do throws(DocumentError) {
        let document = try parse(bytes, path, name: name, identity: identity, session)
        session.size = size
        return .document(document)
      } catch {
        return .trouble("\(error)")
      }
    } catch {
      return error.isMissing ? .missing(error.reason) : .trouble(error.reason)
    }
  }

  private func parse(
    _ bytes: consuming [UInt8], _ path: FilePath?, name: String, identity: FileIdentity?,
    _ session: Session
  ) throws(DocumentError) -> Document {
    let size = bytes.count
    let digest = Fingerprint.of(bytes)
    let lessons = try parser.lessons(
      name: name, bytes: bytes, budget: session.budget, progress: session.progress)
    return Document(path: path, lessons: lessons, size: size, digest: digest, identity: identity)
  }

  /// Notes a document that is new or has a new text.
  private mutating func note(
    _ document: Document, instead old: Document?, _ path: FilePath, _ session: inout Session
  ) {
    troubles[path] = nil
    guard document.digest != old?.digest else { return }
    let name = Self.shortName(path)
    if old == nil { session.news.added.append(name) } else { session.news.changed.append(name) }
  }

  /// Reports a problem with a file, once.
  private mutating func report(_ reason: String, of path: FilePath, _ session: inout Session) {
    guard troubles.updateValue(reason, forKey: path) != reason else { return }
    session.news.notices.append(reason)
  }

  private static func shortName(_ path: FilePath) -> String {
    path.lastComponent?.string ?? String(decoding: path)
  }
}

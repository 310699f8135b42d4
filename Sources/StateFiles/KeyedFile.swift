public import JSON

/// A small JSON file of named values that a person may edit: names that this program does not know
/// are kept, and so is a file that it cannot read.
public struct KeyedFile: Sendable {
  private let folder: StateFolder
  private let name: String
  private let system: FileSystem
  private let patience: UInt64

  /// - Parameters:
  ///   - name: the file's, such as `settings.json`.
  ///   - patience: how long another instance is waited for, in nanoseconds.
  public init(
    _ name: String, in folder: StateFolder, system: FileSystem = .real,
    patience: UInt64 = StateLock.patience
  ) {
    self.folder = folder
    self.name = name
    self.system = system
    self.patience = patience
  }

  var path: String { "\(folder.path)/\(name)" }

  /// The file's values in their order; none where there is no file.
  /// - Throws: `StateError`; the file is left as it is.
  public func read() throws(StateError) -> [(String, JSONValue)] {
    guard let bytes = try StateFile(path).read() else { return [] }
    let problem: String
    do throws(JSONError) {
      if case .object(let fields) = try JSONValue(parsing: bytes) { return fields }
      problem = "it is no JSON object"
    } catch {
      problem = error.description
    }
    throw .damaged(path, problem)
  }

  /// Gives some names new values and leaves all others as they are. A file that cannot be
  /// understood is set aside first.
  /// - Returns: what a person should know.
  /// - Throws: `StateError`; the file is then as it was.
  func set(_ values: [(String, JSONValue)]) throws(StateError) -> String? {
    let lock = try folder.lock(patience: patience)
    return try set(values, lock)
  }

  private func set(
    _ values: [(String, JSONValue)], _ lock: borrowing StateLock
  ) throws(StateError) -> String? {
    var fields: [(String, JSONValue)] = []
    var notice: String?
    do throws(StateError) {
      fields = try read()
    } catch .damaged(_, let problem) {
      let aside = try StateFile(path).setAside(
        as: "damaged", at: Timestamp.forFileName(Timestamp.now()), system)
      notice = "\(name) could not be understood (\(problem)); it is now \(aside)"
    }
    for (name, value) in values {
      if let index = fields.lastIndex(where: { $0.0 == name }) {
        fields[index].1 = value
      } else {
        fields.append((name, value))
      }
    }
    try system.replace(
      try StateFile(path).path, with: Array(JSONValue.object(fields).lines.utf8))
    return notice
  }
}

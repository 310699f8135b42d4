public import JSON

/// A small JSON file of named values that the user may edit. Unknown names stay in the file, and a
/// file that cannot be read is renamed, not overwritten.
///
/// A newer program that changes the meaning of a name must also set `version` to 2 or more. Then this
/// program leaves the file alone.
public struct KeyedFile: Sendable {
  /// The name of the version, which is 1 if the file has none.
  static let version = "version"

  private let folder: StateFolder
  private let name: String
  private let system: FileSystem
  private let patience: UInt64

  /// - Parameters:
  ///   - name: the name of the file, such as `settings.json`.
  ///   - patience: the longest wait for another instance, in nanoseconds.
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

  /// The values in their order, or an empty list if there is no file.
  /// - Throws: `StateError`. The file does not change.
  public func read() throws(StateError) -> [(String, JSONValue)] {
    guard let bytes = try StateFile(path).read() else { return [] }
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONValue(parsing: bytes)
    } catch {
      throw .damaged(path, error.description)
    }
    guard case .object(let fields) = json else { throw .damaged(path, "it is not a JSON object") }
    if case .number(let version)? = json[Self.version], version > 1 {
      throw .newer(path, version: version)
    }
    return fields
  }

  /// Sets some values and leaves the others as they are. A damaged file is renamed first.
  /// - Returns: a message for the user, or nil.
  /// - Throws: `StateError`. The file does not change then.
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
      notice = "\(name) was damaged (\(problem)) and is now \(aside)"
    }
    for (name, value) in values {
      if let index = fields.lastIndex(where: { $0.0 == name }) {
        fields[index].1 = value
      } else {
        fields.append((name, value))
      }
    }
    try system.replace(path, with: Array(JSONValue.object(fields).lines.utf8))
    return notice
  }
}

internal import Glibc
internal import Testing

/// Drawings of the screen, stored as text files beside the tests.
///
/// With `LOCKSTEP_RECORD=1` in the environment, they are written instead of compared.
enum KeptDrawing {
  static func expect(
    _ picture: String, named name: String, location: SourceLocation = #_sourceLocation
  ) throws {
    let path = folder + "/" + name + ".txt"
    if getenv("LOCKSTEP_RECORD") != nil {
      try write(picture, to: path)
      return
    }
    let kept = read(path)
    guard kept != picture else { return }
    Issue.record(
      """
      The screen is not as \(name).txt has it.
      drawn:
      \(picture)
      kept:
      \(kept ?? "nothing; record it with LOCKSTEP_RECORD=1")
      """, sourceLocation: location)
  }

  private static var folder: String {
    let file = #filePath
    return String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)]) + "/Drawings"
  }

  private struct NotWritten: Error { let path: String }

  private static func write(_ text: String, to path: String) throws {
    guard let file = fopen(path, "w") else { throw NotWritten(path: path) }
    defer { fclose(file) }
    guard fputs(text, file) >= 0 else { throw NotWritten(path: path) }
  }

  /// A text file beside the drawings.
  static func file(_ name: String) -> String? { read(folder + "/" + name) }

  private static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

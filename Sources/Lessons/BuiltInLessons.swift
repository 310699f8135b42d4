internal import CLessons

/// The lessons and listings that are built into the program, so that it needs no files.
public enum BuiltInLessons {
  /// The Markdown documents, sorted by name.
  public static var documents: [(name: String, text: String)] {
    embedded.filter { $0.fileName.hasSuffix(".md") }.map { ($0.fileName, $0.text) }
  }

  /// The runnable Python file with a name such as `producer_consumer.py`.
  public static func listing(named name: String) -> String? {
    guard name.hasSuffix(".py") else { return nil }
    return embedded.first { $0.fileName == name }?.text
  }

  /// All files in the folder `Lessons`, sorted by name.
  public static var files: [(name: String, text: String)] {
    embedded.map { ($0.fileName, $0.text) }
  }

  private static var embedded: UnsafeBufferPointer<lks_lesson_file> {
    var count = 0
    let first = lks_lesson_files(&count)
    return UnsafeBufferPointer(start: first, count: count)
  }
}

extension lks_lesson_file {
  fileprivate var fileName: String { String(cString: name) }

  fileprivate var text: String {
    String(decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self)
  }
}

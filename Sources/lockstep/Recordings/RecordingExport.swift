import Events
import Exports
import Glibc
import Screen

/// A recording that is read and written in another form, piece by piece.
struct RecordingExport {
  let path: String
  let format: ExportFormat
  /// Where to write: a file's path, or `-` for standard output.
  let output: String

  /// Exports it to its end, or to where it breaks off. Nothing is written before it is known to be
  /// a recording.
  /// - Returns: what a person should know of the recording; nil where it is whole.
  /// - Throws: `Failure` for what is no recording, or is damaged, or cannot be read or written.
  func run() throws -> String? {
    var source = try RecordingSource(path)
    if isSameFile { throw Failure("\(output) is the recording itself; choose another name") }
    var writer = Writer(format: format, output: output)
    var progress = ExportProgress(size: source.size, tell: whoWaits)
    defer { progress.clear() }
    let (end, last) = try source.readEvents(while: { !writer.hasFailed }) {
      try writer.write($0)
      progress.show($1.bytes)
    }
    try writer.finish()
    return try source.word(of: end, "exported up to event \(last)")
  }

  /// Writes to the terminal of whoever waits, if nothing else appears there meanwhile; else nil.
  private var whoWaits: ((String) -> Void)? {
    guard isatty(2) == 1, output != "-" || isatty(1) != 1 else { return nil }
    return { text in
      let bytes = Array(text.utf8)
      _ = Glibc.write(2, bytes, bytes.count)
    }
  }

  /// Whether the recording would be written over while it is read.
  private var isSameFile: Bool {
    var from = stat()
    var to = stat()
    guard output != "-", fstatat(AT_FDCWD, output, &to, 0) == 0 else { return false }
    let isRead = path == "-" ? fstat(0, &from) == 0 : fstatat(AT_FDCWD, path, &from, 0) == 0
    return isRead && from.st_dev == to.st_dev && from.st_ino == to.st_ino
      && from.st_mode & S_IFMT == S_IFREG
  }
}

extension RecordingExport {
  /// Writes the form; opens the file with the first events.
  private struct Writer {
    let output: String
    private var export: any RunExport
    private var file: OutputFile?

    init(format: ExportFormat, output: String) {
      self.output = output
      export = format.begun
    }

    var hasFailed: Bool { file?.hasFailed == true }

    mutating func write(_ events: [Event]) throws {
      var bytes: [UInt8] = []
      for event in events { export.append(event, to: &bytes) }
      try write(bytes)
    }

    mutating func finish() throws {
      var bytes: [UInt8] = []
      export.finish(to: &bytes)
      try write(bytes)
      try file?.check()
    }

    private mutating func write(_ bytes: [UInt8]) throws {
      let file = try self.file ?? OutputFile(path: output)
      self.file = file
      guard file.isTerminal else { return file.write(bytes) }
      let safe = Sanitizer.displaySafe(String(decoding: bytes, as: UTF8.self))
      file.write(Array(safe.utf8))
    }
  }
}

import Events
public import Exports
import Glibc
import Screen
import Shell

/// Converts a recording to another format, piece by piece.
public struct RecordingExport {
  let path: String
  let format: ExportFormat
  /// The path of the output file, or `-` for standard output.
  let output: String

  public init(path: String, format: ExportFormat, output: String) {
    self.path = path
    self.format = format
    self.output = output
  }

  /// Exports the recording as far as it can be read. Writes nothing if the file is not a recording.
  /// - Returns: a message about a recording that is not whole, or nil.
  /// - Throws: `Failure` if it is not a recording, is damaged, or cannot be read or written.
  public func run() throws -> String? {
    var source = try RecordingSource(path, onWait: Finish.warn)
    if isSameFile { throw Failure("\(output) is the recording itself; choose another name") }
    var writer = Writer(format: format, output: output)
    var progress = ExportProgress(size: source.size, write: writeProgress)
    defer { progress.clear() }
    let (end, last) = try source.readEvents(while: { !writer.hasFailed }) {
      try writer.write($0)
      progress.show($1.bytes)
    }
    try writer.finish()
    return try source.word(of: end, "exported up to event \(last)")
  }

  /// Writes to the terminal, if the export does not go there too. Else nil.
  private var writeProgress: ((String) -> Void)? {
    guard isatty(2) == 1, output != "-" || isatty(1) != 1 else { return nil }
    return { text in
      let bytes = Array(text.utf8)
      _ = Glibc.write(2, bytes, bytes.count)
    }
  }

  /// Whether the output would overwrite the recording.
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
  /// Writes the export. Opens the file with the first events.
  private struct Writer {
    let output: String
    /// Whether the export is text for people, which must be safe to show wherever it goes. The other
    /// formats escape what is in a run.
    private let isText: Bool
    private var export: any RunExport
    private var file: OutputFile?

    init(format: ExportFormat, output: String) {
      self.output = output
      isText = format == .text
      export = format.makeExport()
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
      let text = { String(decoding: bytes, as: UTF8.self) }
      if isText {
        file.write(shown: text())
      } else {
        file.write(file.isTerminal ? Array(Sanitizer.displaySafe(text()).utf8) : bytes)
      }
    }
  }
}

import Events
import Glibc

/// A recording of a long run in a folder of its own, removed when it is let go of.
struct ScaleFile: ~Copyable {
  let path: String
  private let folder: String
  let events: Int
  let bytes: Int

  private static let piece = 1 << 18

  private init(path: String, folder: String, events: Int, bytes: Int) {
    self.path = path
    self.folder = folder
    self.events = events
    self.bytes = bytes
  }

  /// Writes a recording of at most so many events; nil where there is no room for it.
  static func written(events most: Int) -> ScaleFile? {
    let temporary = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    // The call puts letters in the place of the last six, so that the folder is nobody else's.
    var template = Array("\(temporary)/lockstep-bench-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { return nil }
    let folder = String(cString: made)
    let path = folder + "/run.ndjson"
    guard let (events, bytes) = write(events: most, to: path) else {
      unlink(path)
      rmdir(folder)
      return nil
    }
    return ScaleFile(path: path, folder: folder, events: events, bytes: bytes)
  }

  private static func write(events most: Int, to path: String) -> (events: Int, bytes: Int)? {
    guard let file = fopen(path, "w") else { return nil }
    var (count, size) = (0, 0)
    var isWhole = true
    var lines: [UInt8] = []
    RecordingHeader(demo: "producer-consumer", engine: "native", cores: 2).writeJSON(to: &lines)
    lines.append(UInt8(ascii: "\n"))
    ScaleScript.run(most) { events in
      for event in events {
        event.writeJSON(to: &lines)
        lines.append(UInt8(ascii: "\n"))
      }
      isWhole = isWhole && fwrite(lines, 1, lines.count, file) == lines.count
      count += events.count
      size += lines.count
      lines.removeAll(keepingCapacity: true)
    }
    return fclose(file) == 0 && isWhole ? (count, size) : nil
  }

  deinit {
    unlink(path)
    rmdir(folder)
  }

  /// Reads the file piece by piece with read(2), until there is no more or nobody wants more.
  func read(_ take: (Span<UInt8>) -> Bool) {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { return }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: Self.piece)
    while true {
      let count = Glibc.read(file, &buffer, buffer.count)
      guard count > 0, take(buffer.span.extracting(0..<count)) else { return }
    }
  }
}

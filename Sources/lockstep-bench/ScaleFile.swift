import Events
import Glibc

/// A recording of a long run in a temporary folder, deleted with this value.
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

  /// Writes a recording of up to `limit` events. Returns nil if there is no room for it.
  static func write(events limit: Int) -> ScaleFile? {
    let temporary = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(temporary)/lockstep-bench-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { return nil }
    let folder = String(cString: made)
    let path = folder + "/run.ndjson"
    guard let (events, bytes) = write(events: limit, to: path) else {
      unlink(path)
      rmdir(folder)
      return nil
    }
    return ScaleFile(path: path, folder: folder, events: events, bytes: bytes)
  }

  private static func write(events limit: Int, to path: String) -> (events: Int, bytes: Int)? {
    guard let file = fopen(path, "w") else { return nil }
    var (count, size) = (0, 0)
    var isComplete = true
    var lines: [UInt8] = []
    RecordingHeader(demo: "producer-consumer", engine: "native", cores: 2).writeJSON(to: &lines)
    lines.append(UInt8(ascii: "\n"))
    ScaleScript.run(limit) { events in
      for event in events {
        event.writeJSON(to: &lines)
        lines.append(UInt8(ascii: "\n"))
      }
      isComplete = isComplete && fwrite(lines, 1, lines.count, file) == lines.count
      count += events.count
      size += lines.count
      lines.removeAll(keepingCapacity: true)
    }
    return fclose(file) == 0 && isComplete ? (count, size) : nil
  }

  deinit {
    unlink(path)
    rmdir(folder)
  }

  /// Reads the file in pieces with read(2), until its end or until `take` returns false.
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

import Engine
import Glibc
import SystemPackage
import Trace
import Tutor

/// Writes a run to a file that a person named, on a thread of its own, `lockstep:save`.
enum RunSaver {
  /// Begins to write.
  /// - Parameter tell: takes what came of it: a sentence, and whether it is good news; called on the
  ///   thread that writes.
  static func save(
    _ run: SavedRun, header: RecordingHeader,
    tell: @escaping @Sendable (_ sentence: String, _ isGood: Bool) -> Void
  ) {
    let isWriting = PosixThread.detach(named: "lockstep:save") {
      do {
        try write(run, header)
        let count = run.log.count
        tell("saved \(count) \(count == 1 ? "event" : "events") to \(run.path)", true)
      } catch {
        tell((error as? Failure)?.message ?? "\(error)", false)
      }
    }
    if !isWriting { tell("the system gives no more threads; close other programs", false) }
  }

  /// So many bytes go to the disk at once.
  private static let batch = 1 << 20

  private static func write(_ run: SavedRun, _ header: RecordingHeader) throws {
    let output = try OutputFile(new: inHome(run.path))
    var bytes: [UInt8] = []
    header.writeJSON(to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
    for index in 0..<run.log.count {
      run.log[index].writeJSON(to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
      guard bytes.count >= batch else { continue }
      output.write(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    output.write(bytes)
    try output.check()
  }

  /// A path as a shell would have it.
  private static func inHome(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst(1)
  }
}

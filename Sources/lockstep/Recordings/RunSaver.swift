import CPlatform
import Concurrency
import Glibc
import SystemPackage
import Trace
import Tutor

/// Writes a run to a file that a person named, on a thread of its own, `lockstep:save`.
final class RunSaver: Sendable {
  /// The file, as the person wrote it.
  let path: String
  /// Becomes readable when the thread has ended, and stays so.
  private let ended: Int32

  /// Begins to write.
  /// - Parameter tell: takes what came of it: a sentence, and whether it is good news; called on the
  ///   thread that writes.
  /// - Throws: `Failure` when the system gives no descriptor or no thread.
  init(
    _ run: SavedRun, header: RecordingHeader,
    tell: @escaping @Sendable (_ sentence: String, _ isGood: Bool) -> Void
  ) throws {
    path = run.path
    ended = lks_eventfd()
    guard ended >= 0 else { throw Failure("no more file descriptors; close other programs") }
    let isWriting = PosixThread.detach(named: "lockstep:save") { [self] in
      do {
        try Self.write(run, header)
        let count = run.log.count
        tell("saved \(count) \(count == 1 ? "event" : "events") to \(run.path)", true)
      } catch {
        tell((error as? Failure)?.message ?? "\(error)", false)
      }
      var one: UInt64 = 1
      _ = Glibc.write(ended, &one, 8)
    }
    guard isWriting else { throw Failure("the system gives no more threads; close other programs") }
  }

  deinit { if ended >= 0 { close(ended) } }

  /// Waits until all is written, or nothing more will be.
  /// - Parameter milliseconds: how long at most; negative for as long as it takes.
  /// - Returns: whether it has ended.
  func wait(milliseconds: Int32 = -1) -> Bool {
    while true {
      var polled = pollfd(fd: ended, events: Int16(POLLIN), revents: 0)
      let count = poll(&polled, 1, milliseconds)
      if count >= 0 || errno != EINTR { return count > 0 }
    }
  }

  /// So many bytes go to the disk at once.
  private static let batch = 1 << 20

  /// - Throws: `Failure` where it cannot be written whole; then no part of it is left to stand in
  ///   the way of the next try.
  private static func write(_ run: SavedRun, _ header: RecordingHeader) throws {
    let path = inHome(run.path)
    let output = try OutputFile(new: path)
    var bytes: [UInt8] = []
    header.writeJSON(to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
    for event in run.log.events(in: 0..<run.log.count) where !output.hasFailed {
      event.writeJSON(to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
      guard bytes.count >= batch else { continue }
      output.write(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    output.write(bytes)
    if output.hasFailed { unlink(path) }
    try output.check()
  }

  /// A path as a shell would have it.
  private static func inHome(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst(1)
  }
}

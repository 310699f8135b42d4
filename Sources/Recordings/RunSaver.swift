public import Events
import Glibc
import History
import Platform
public import RunViews
import Shell
import SystemPackage

/// Saves a run to a file that the user named, on a thread of its own, `lockstep:save`.
public final class RunSaver: Sendable {
  /// The path as the user typed it.
  public let path: String
  /// Set when the thread ends.
  private let ended: PollSignal

  /// Starts to write.
  /// - Parameter report: takes the result: a message, and whether it is a success. Called on the
  ///   writing thread.
  /// - Throws: `Failure` if the system gives no file descriptor or no thread.
  public init(
    _ run: SavedRun, header: RecordingHeader,
    report: @escaping @Sendable (_ message: String, _ isSuccess: Bool) -> Void
  ) throws {
    path = run.path
    guard let ended = PollSignal() else { throw Failure.noDescriptors }
    self.ended = ended
    let thread = PosixThread.start(named: "lockstep:save") { [self] in
      do {
        try Self.write(run, header)
        let count = run.log.count
        report("saved \(count) \(count == 1 ? "event" : "events") to \(run.path)", true)
      } catch {
        report((error as? Failure)?.message ?? "\(error)", false)
      }
      self.ended.set()
    }
    guard thread != nil else { throw Failure.noThreads }
  }

  /// Waits until the writing ends.
  /// - Parameter milliseconds: the longest wait, or a negative number for no limit.
  /// - Returns: whether the writing has ended.
  public func wait(milliseconds: Int32 = -1) -> Bool { ended.wait(milliseconds: milliseconds) }

  /// The bytes of one write.
  private static let batch = 1 << 20

  /// - Throws: `Failure` if it cannot be written completely. Then it leaves no file, so that the
  ///   user can try again.
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

  /// The path with `~` replaced by the home folder.
  private static func inHome(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst(1)
  }
}

public import Events
import SystemPackage
internal import TestEvents

/// A recording on the disk.
public struct RecordingOnDisk {
  public let header: RecordingHeader?
  public let events: [Event]
  public let end: RecordingEnd

  public init(_ path: String) throws {
    var reader = RecordingReader()
    var events: [Event] = []
    try reader.take(try Self.bytes(path), into: &events)
    end = try reader.finish(into: &events)
    header = reader.header
    self.events = events
  }

  public static func bytes(_ path: String) throws -> [UInt8] {
    let descriptor = try FileDescriptor.open(FilePath(path), .readOnly)
    defer { try? descriptor.close() }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = try piece.withUnsafeMutableBytes { try descriptor.read(into: $0) }
      if count == 0 { return bytes }
      bytes += piece[..<count]
    }
  }
}

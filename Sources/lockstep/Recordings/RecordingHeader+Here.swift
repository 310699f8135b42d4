import CPlatform
import Catalog
import Events
import Glibc
import LessonKit
import Lessons

extension RecordingHeader {
  /// The header of a run of this program that begins now, on this machine.
  static func here(_ request: RunRequest) -> RecordingHeader {
    RecordingHeader(
      demo: request.demo.id, parameters: request.arguments.words.joined(separator: " "),
      engine: request.engine.rawValue, version: Lockstep.version, lessons: ownLessons,
      system: system, processor: processor, cores: Int(lks_available_cores()),
      started: Timestamp.now())
  }

  /// What tells the lessons and listings of this build from others, in hexadecimal.
  static let ownLessons: String = {
    let files = BuiltInLessons.files.map { "\($0.name)\n\($0.text)" }.joined(separator: "\n")
    return String(Fingerprint.of(files.utf8), radix: 16)
  }()

  private static var system: String {
    var names = utsname()
    guard uname(&names) == 0 else { return "" }
    func text<Characters>(_ characters: Characters) -> String {
      withUnsafeBytes(of: characters) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
    }
    return "\(text(names.sysname)) \(text(names.release)) \(text(names.machine))"
  }

  /// What the kernel says the first processor is; not every architecture has a name there.
  private static let processor: String = {
    let descriptor = open("/proc/cpuinfo", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    // The first processor's lines come first.
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &bytes, bytes.count)
    return processorName(in: String(decoding: bytes.prefix(max(0, count)), as: UTF8.self))
  }()

  /// The name in the text of `/proc/cpuinfo`; empty where there is none.
  static func processorName(in text: String) -> String {
    let fields = ["model name", "Model", "Hardware", "cpu model", "cpu"]
    var values: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let name = String(parts[0].reversed().drop { $0 == " " || $0 == "\t" }.reversed())
      if values[name] == nil { values[name] = String(parts[1].drop { $0 == " " }) }
    }
    return fields.lazy.compactMap { values[$0] }.first ?? ""
  }
}

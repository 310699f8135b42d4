import CPlatform
public import Catalog
public import Events
import Glibc
import LessonKit
import Lessons
import Shell
import StateFiles

extension RecordingHeader {
  /// The header of a run that starts now, on this machine.
  public static func here(_ request: RunRequest) -> RecordingHeader {
    RecordingHeader(
      demo: request.demo.id, parameters: request.arguments.words.joined(separator: " "),
      engine: request.engine.rawValue, version: Release.version, lessons: ownLessons,
      system: system, processor: processor, cores: Int(lks_available_cores()),
      started: Timestamp.now())
  }

  /// A fingerprint of this build's lessons and listings, in hexadecimal.
  public static let ownLessons: String = {
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

  /// The name of the first processor, as the kernel says it. Some architectures have none.
  private static let processor: String = {
    let descriptor = open("/proc/cpuinfo", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    // The first processor comes first.
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &bytes, bytes.count)
    return processorName(in: String(decoding: bytes.prefix(max(0, count)), as: UTF8.self))
  }()

  /// The name in the text of `/proc/cpuinfo`, or an empty string.
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

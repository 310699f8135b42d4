/// The first line of a recording: which run it is of, and where and when that was made.
///
/// In JSON one flat object without a `kind`, by which it is told from an event. Fields that this
/// program does not know are skipped; a text that is not known is empty. Nothing in it is to be
/// trusted: whatever reaches a terminal is made safe there.
public struct RecordingHeader: Sendable, Equatable {
  /// The version of the format that this program writes, and the newest it reads.
  public static let currentFormat = 1

  /// The version of the format.
  public var format = currentFormat
  /// The demo, by the word that `lockstep run` takes.
  public var demo: String
  /// Its arguments, as `name=value` words with spaces between.
  public var parameters: String
  /// What ran the demo, such as `native`.
  public var engine: String
  /// The release of the program that made the run.
  public var version: String
  /// What tells these lessons and listings, whose lines events name, from others.
  public var lessons: String
  /// The operating system, its release and the machine's architecture: `Linux 6.1.0 x86_64`.
  public var system: String
  /// What the processor calls itself.
  public var processor: String
  /// How many processor cores the run had to use; 0 where that is not known.
  public var cores: Int
  /// When the run began, in UTC: `2026-11-25T14:05:00Z`.
  public var started: String

  /// When the run began, to the minute, for a person: `2026-11-25 14:05` UTC. What is no such moment
  /// stays as it is.
  public var startedText: String {
    guard started.utf8.count == 20, started.hasSuffix("Z") else { return started }
    return String(started.prefix(16).map { $0 == "T" ? " " : $0 })
  }

  /// A header of the current format, from its parts.
  public init(
    demo: String = "", parameters: String = "", engine: String = "", version: String = "",
    lessons: String = "", system: String = "", processor: String = "", cores: Int = 0,
    started: String = ""
  ) {
    self.demo = demo
    self.parameters = parameters
    self.engine = engine
    self.version = version
    self.lessons = lessons
    self.system = system
    self.processor = processor
    self.cores = cores
    self.started = started
  }

  /// What an event says of the run that it is the first of; little, but where it is `run.start`.
  public init(from first: Event) {
    guard first.kind == .runStart else {
      self.init()
      return
    }
    self.init(
      demo: first.demo ?? "", parameters: first.parameters ?? "",
      engine: first.text(.engine) ?? "", version: first.text(.version) ?? "",
      cores: max(0, first.cores ?? 0))
  }

  /// The header as one line of JSON, without a line's end.
  public func json() -> String {
    var bytes: [UInt8] = []
    writeJSON(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Adds the header as one line of JSON, without a line's end.
  public func writeJSON(to bytes: inout [UInt8]) {
    bytes.append(literal: "{\"recording\":")
    bytes.append(decimal: Int64(format))
    for field in TextField.allCases {
      if field == .started {
        bytes.append(literal: ",\"cores\":")
        bytes.append(decimal: Int64(cores))
      }
      bytes.append(contentsOf: ",\"\(field)\":".utf8)
      bytes.append(quoted: self[field])
    }
    bytes.append(UInt8(ascii: "}"))
  }
}

extension RecordingHeader {
  /// The fields that hold a text, by their names in JSON and in the order in which they stand.
  enum TextField: CaseIterable {
    case demo, parameters, engine, version, lessons, system, processor, started

    var key: FieldKey { FieldKey("\(self)") }
  }

  subscript(field: TextField) -> String {
    get { self[keyPath: Self.path(of: field)] }
    set { self[keyPath: Self.path(of: field)] = newValue }
  }

  private static func path(of field: TextField) -> WritableKeyPath<RecordingHeader, String> {
    switch field {
    case .demo: \.demo
    case .parameters: \.parameters
    case .engine: \.engine
    case .version: \.version
    case .lessons: \.lessons
    case .system: \.system
    case .processor: \.processor
    case .started: \.started
    }
  }
}

/// The first line of a recording: which run it holds, and where and when it was made.
///
/// In JSON one flat object. Unlike an event it has no `kind`. Unknown fields are skipped, and a
/// missing text is empty. Do not trust its texts: make them safe before showing them.
public struct RecordingHeader: Sendable, Equatable {
  /// The version of the format that this program writes, and the newest that it reads.
  static let currentFormat = 1

  /// The version of the format.
  public var format = currentFormat
  /// The demo's ID, as `lockstep run` takes it.
  public var demo: String
  /// The run's arguments, as `name=value` words separated by spaces.
  public var parameters: String
  /// The engine that ran the demo, such as `native`.
  public var engine: String
  /// The version of the program that made the run.
  public var version: String
  /// A fingerprint of the lessons and listings whose lines the events refer to.
  public var lessons: String
  /// The operating system, its release and the machine's architecture: `Linux 6.1.0 x86_64`.
  public var system: String
  /// The processor's name.
  public var processor: String
  /// How many processor cores the run could use; 0 if unknown.
  public var cores: Int
  /// When the run began, in UTC: `2026-11-25T14:05:00Z`.
  public var started: String

  /// When the run began, to the minute, for display: `2026-11-25 14:05` in UTC. Another form of
  /// `started` stays as it is.
  public var startedText: String {
    guard started.utf8.count == 20, started.hasSuffix("Z") else { return started }
    return String(started.prefix(16).map { $0 == "T" ? " " : $0 })
  }

  /// Creates a header of the current format.
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

  /// Creates a header from a run's first event; only a `run.start` has anything to tell.
  init(from first: Event) {
    guard first.kind == .runStart else {
      self.init()
      return
    }
    self.init(
      demo: first.demo ?? "", parameters: first.parameters ?? "",
      engine: first.text(.engine) ?? "", version: first.text(.version) ?? "",
      cores: max(0, first.cores ?? 0))
  }

  /// The header as one line of JSON, without a line ending.
  public func json() -> String {
    var bytes: [UInt8] = []
    writeJSON(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the header as one line of JSON, without a line ending.
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
  /// The text fields by their names in JSON, in the order in which they are written.
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

/// The event vocabulary in flat tables for the scanner, built once from the tables of `EventKind`
/// and `EventField`.
final class LineVocabulary: Sendable {
  static let shared = LineVocabulary()

  /// The fields that any event may have.
  enum HeaderField: UInt8, CaseIterable {
    case seq, time, pid, tid, actor, kind, object, line

    var name: String { self == .time ? "t" : "\(self)" }

    /// Whether every event must have it.
    var isRequired: Bool { self != .object && self != .line }
  }

  /// One field of a kind.
  struct Field: BitwiseCopyable, Sendable {
    enum Content: UInt8 { case number, word, text, value }

    let key: FieldKey
    /// What precedes it in a canonical line.
    let prefix: LinePrefix
    let content: Content
    let slot: UInt8
    /// How many text fields precede it.
    let text: UInt8
    /// The range of its words in `words`.
    let firstWord: UInt16
    let endOfWords: UInt16
  }

  /// What precedes each header field in a canonical line.
  struct CanonicalPrefixes: Sendable {
    let seq = LinePrefix("{\"seq\":")
    let time = LinePrefix(",\"t\":")
    let pid = LinePrefix(",\"pid\":")
    let tid = LinePrefix(",\"tid\":")
    let actor = LinePrefix(",\"actor\":")
    let kind = LinePrefix(",\"kind\":")
    let object = LinePrefix(",\"object\":")
    let line = LinePrefix(",\"line\":")
  }

  let canonical = CanonicalPrefixes()
  /// Header fields, as raw values of `HeaderField`.
  let header: KeyTable
  /// Kinds, as raw values.
  let kinds: KeyTable
  /// The fields of all kinds, grouped by kind.
  let fields: [Field]
  /// The first index in `fields` of each kind, by raw value; the next entry is its end.
  let starts: [Int]
  /// The words of all word fields.
  let words: [FieldKey]

  private init() {
    header = KeyTable(HeaderField.allCases.map { ($0.name, $0.rawValue) })
    kinds = KeyTable(EventKind.allCases.map { ($0.name, $0.rawValue) })
    var fields: [Field] = []
    var starts: [Int] = []
    var words: [FieldKey] = []
    for raw in 0...UInt8.max {
      starts.append(fields.count)
      var text: UInt8 = 0
      for field in EventKind(rawValue: raw)?.fields ?? [] {
        let firstWord = words.count
        let content: Field.Content
        switch field.content {
        case .integer, .nanoseconds: content = .number
        case .word(let vocabulary):
          content = .word
          words += vocabulary.map { FieldKey($0) }
        case .text: content = .text
        case .value: content = .value
        }
        fields.append(
          Field(
            key: field.key, prefix: LinePrefix(field.prefix), content: content,
            slot: UInt8(field.slot), text: text,
            firstWord: UInt16(firstWord), endOfWords: UInt16(words.count)))
        if content == .text { text += 1 }
      }
    }
    starts.append(fields.count)
    self.fields = fields
    self.starts = starts
    self.words = words
  }
}

/// The vocabulary of events as a line's scanner needs it: flat tables of plain numbers, made once
/// from the tables of `EventKind` and `EventField`.
final class LineVocabulary: Sendable {
  static let shared = LineVocabulary()

  /// The fields that every event may have.
  enum HeaderField: UInt8, CaseIterable {
    case seq, time, pid, tid, actor, kind, object, line

    var name: String { self == .time ? "t" : "\(self)" }

    /// Whether every event must have it.
    var isNeeded: Bool { self != .object && self != .line }
  }

  /// One field of a kind.
  struct Field: BitwiseCopyable, Sendable {
    enum Content: UInt8 { case number, word, text, value }

    let key: FieldKey
    /// What stands before it in a line of this program's own.
    let prefix: LinePrefix
    let content: Content
    let slot: UInt8
    /// How many fields of text stand before it.
    let text: UInt8
    /// Where its words begin and end in `words`.
    let firstWord: UInt16
    let endOfWords: UInt16
  }

  /// What stands before the numbers of the header in a line of this program's own.
  struct OwnPrefixes: Sendable {
    let seq = LinePrefix("{\"seq\":")
    let time = LinePrefix(",\"t\":")
    let pid = LinePrefix(",\"pid\":")
    let tid = LinePrefix(",\"tid\":")
    let actor = LinePrefix(",\"actor\":")
    let kind = LinePrefix(",\"kind\":")
    let object = LinePrefix(",\"object\":")
    let line = LinePrefix(",\"line\":")
  }

  let own = OwnPrefixes()
  /// Header fields, by the raw values of `HeaderField`.
  let header: KeyTable
  /// Kinds, by their raw values.
  let kinds: KeyTable
  /// The fields of all kinds, one kind's beside each other.
  let fields: [Field]
  /// Where the fields of a kind begin, by its raw value; those of the next end them.
  let starts: [Int]
  /// The words of all fields that hold one.
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

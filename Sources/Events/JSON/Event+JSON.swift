extension Event {
  /// The event as one flat JSON object on one line, without a line's end.
  public func json() -> String {
    var bytes: [UInt8] = []
    writeJSON(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Adds the event as one flat JSON object on one line, without a line's end: the header, the
  /// kind's fields in the order of the table, the line. An unknown kind goes out as it came in.
  public func writeJSON(to bytes: inout [UInt8]) {
    let kind = self.kind
    if kind == .unknown, let line = texts.first {
      bytes.append(contentsOf: line.utf8)
      return
    }
    bytes.append(literal: "{\"seq\":")
    bytes.append(decimal: seq)
    bytes.append(literal: ",\"t\":")
    bytes.append(decimal: time)
    bytes.append(literal: ",\"pid\":")
    bytes.append(decimal: Int64(pid))
    bytes.append(literal: ",\"tid\":")
    bytes.append(decimal: Int64(tid))
    bytes.append(literal: ",\"actor\":")
    bytes.append(decimal: UInt64(record.actor))
    bytes.append(contentsOf: kind.json)
    if record.object != 0 {
      bytes.append(literal: ",\"object\":")
      bytes.append(decimal: UInt64(record.object))
    }
    writeFields(of: kind, to: &bytes)
    if record.line != 0 {
      bytes.append(literal: ",\"line\":")
      bytes.append(decimal: UInt64(record.line))
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private func writeFields(of kind: EventKind, to bytes: inout [UInt8]) {
    var text = 0
    for field in kind.fields {
      switch field.content {
      case .integer, .nanoseconds:
        guard let number = record[field.slot] else { continue }
        bytes.append(contentsOf: field.prefix)
        bytes.append(decimal: number)
      case .word(let words):
        guard let number = record[field.slot] else { continue }
        bytes.append(contentsOf: field.prefix)
        if let index = Int(exactly: number), words.indices.contains(index) {
          bytes.append(quoted: words[index])
        } else {
          bytes.append(decimal: number)
        }
      case .text:
        defer { text += 1 }
        guard text < texts.count else { continue }
        bytes.append(contentsOf: field.prefix)
        bytes.append(quoted: texts[text])
      case .value:
        if let number = record[field.slot] {
          bytes.append(contentsOf: field.prefix)
          bytes.append(UInt8(ascii: "\""))
          bytes.append(decimal: number)
          bytes.append(UInt8(ascii: "\""))
        } else if text < texts.count {
          bytes.append(contentsOf: field.prefix)
          bytes.append(quoted: texts[text])
        }
      }
    }
  }
}

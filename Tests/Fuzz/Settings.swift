import JSON
import Screen

@testable import StateFiles

/// Reads a state file. The first byte chooses the file, and the rest is its content.
///
/// What was read is the same when it is written and read again.
func checkSettings(_ bytes: [UInt8]) {
  guard let choice = bytes.first else { return }
  let content = Array(bytes.dropFirst())
  if choice % 4 == 3 { return checkProgress(content) }
  guard let json = try? JSONValue(parsing: content) else { return }
  for text in [json.lines, json.text] {
    let again = try? JSONValue(parsing: Array(text.utf8))
    expect(again?.text == json.text, "other JSON: \(again?.text ?? "none") for \(json.text)")
    expect(isSafe(text), "a state file could control a terminal")
  }
  guard case .object(let fields) = json else { return }
  switch choice % 4 {
  case 0: checkSettings(fields)
  case 1:
    let splits = Splits(fields: fields)
    expect(splits.places.count <= 100, "there are \(splits.places.count) borders")
    expect(splits.places.values.allSatisfy { (50...950).contains($0) }, "a pane is hidden")
    expect(Splits(fields: splits.fields) == splits, "the borders move when they are saved")
  default: break
  }
}

private func checkSettings(_ fields: [(String, JSONValue)]) {
  var notices: [String] = []
  let settings = Settings(fields: fields, notices: &notices)
  expect(notices.count <= fields.count, "there are \(notices.count) notices")
  let longest = notices.map(\.utf8.count).max() ?? 0
  expect(longest < 4_096, "a notice has \(longest) bytes")
  var others: [String] = []
  let again = Settings(fields: settings.fields(changedFrom: Settings()), notices: &others)
  expect(again == settings && others.isEmpty, "the settings change when they are saved")
}

private func checkProgress(_ content: [UInt8]) {
  guard var file = try? ProgressFile(parsing: content) else { return }
  let limit = 2_048
  let written = file.bytes(limit: limit)
  let again = try? ProgressFile(parsing: written)
  expect(again == file, "the progress changes when it is saved")
  var other = file
  other.add(olderFile: file)
  expect(other == file, "adding the same progress changes it")
}

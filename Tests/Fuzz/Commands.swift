import Catalog
import Screen

@testable import LessonKit

private let catalog = DemoCatalog(cores: 2)

/// Reads a line as a command block, and as the parameters of a recording.
///
/// - A request has the same words when it is read again.
/// - The message of an error is short and safe to show.
/// - A recording with any parameters has a run to show.
func checkCommands(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  if let words = RunBlock.words(in: text[...]) {
    check(RunBlock(words: words, line: 1, in: catalog))
  }
  let words = text.split(separator: " ").map(String.init)
  check(RunBlock(words: words, line: 1, in: catalog))
  for demo in catalog.demos.prefix(3) {
    let run = RunRequest(recorded: demo.id, parameters: text, in: catalog)
    expect(run.demo.id == demo.id, "a recording of \(demo.id) became one of \(run.demo.id)")
  }
  let unknown = RunRequest(recorded: text, parameters: "", in: catalog)
  expect(!unknown.words.isEmpty, "a recording has no words")
}

private func check(_ block: RunBlock) {
  switch block.outcome {
  case .success(let request):
    let again = RunBlock.words(in: request.shellCommand[...])
    expect(again == request.words, "\(request.shellCommand) is read as \(again ?? [])")
    let read = try? RunRequest(words: request.words, in: catalog)
    expect(read?.arguments == request.arguments, "\(request.words) has other arguments")
  case .failure(let error):
    let message = Sanitizer.displaySafe(error.description, newlines: .visible)
    expect(isSafe(message), "a message controls the terminal")
    let size = block.words.reduce(0) { $0 + $1.utf8.count }
    // A control character has a sign of up to twelve bytes.
    expect(message.utf8.count < 12 * size + 4_000, "a message is longer than its reason")
  }
}

/// Whether a text has no character that could control a terminal or hide in it.
func isSafe(_ text: String) -> Bool {
  text.unicodeScalars.allSatisfy { scalar in
    switch scalar.value {
    case 0x0A: true
    case 0..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: false
    default: true
    }
  }
}

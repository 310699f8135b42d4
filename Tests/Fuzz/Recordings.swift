import Catalog
import Exports
import JSON
import Screen
import Trace

@testable import Events
@testable import Recordings
@testable import RunViews

private let catalog = DemoCatalog(cores: 2)

/// Reads a recording, plays it and converts it.
///
/// - The file may come in any pieces.
/// - What was read is the same when it is written and read again.
/// - The state of the run never contradicts itself, and every event has a sentence.
/// - No text of it controls a terminal, and a Chrome trace of it is JSON.
func checkRecording(_ bytes: [UInt8]) {
  let read = ReadRecording(bytes, pieces: bytes.count)
  for length in [1, 17] {
    expect(ReadRecording(bytes, pieces: length) == read, "pieces of \(length) are read otherwise")
  }
  guard let header = read.header else { return }
  var written: [UInt8] = []
  header.writeJSON(to: &written)
  for event in read.events {
    written.append(UInt8(ascii: "\n"))
    event.writeJSON(to: &written)
  }
  let again = ReadRecording(written, pieces: written.count)
  expect(again.header == header, "the header is \(again.header.debugDescription), not \(header)")
  for (new, old) in zip(again.events, read.events) {
    expect(new == old, "the event is \(new), not \(old)")
  }
  expect(again.events.count == read.events.count, "there are \(again.events.count) events")
  expect((again.end == .whole) == (read.events.last?.kind == .runFinish), "\(again)")
  play(read.events, header)
  for format in RunFormat.allCases { convert(read.events, format) }
}

/// The result of reading a recording.
private struct ReadRecording: Equatable {
  var header: RecordingHeader?
  var events: [Event] = []
  var end: RecordingEnd?
  var error: RecordingError?

  init(_ bytes: [UInt8], pieces length: Int) {
    var reader = RecordingReader()
    do throws(RecordingError) {
      for first in stride(from: 0, to: bytes.count, by: max(1, length)) {
        let end = min(first + max(1, length), bytes.count)
        try reader.take(bytes.span.extracting(first..<end), into: &events)
      }
      end = try reader.finish(into: &events)
    } catch {
      self.error = error
    }
    header = error == nil ? reader.header : nil
  }
}

private func play(_ events: [Event], _ header: RecordingHeader) {
  let request = RunRequest(recorded: header.demo, parameters: header.parameters, in: catalog)
  var session = RunSession(request: request, now: 0)
  for event in events {
    session.append([event], now: 0)
    expect(!Narrator.sentence(event, state: session.state).isEmpty, "\(event) has no sentence")
  }
}

private func convert(_ events: [Event], _ format: RunFormat) {
  let lines = EventLines(format: format, isTerminal: false).lines(for: events)
  var bytes = lines.output + lines.remarks
  if format == .text {
    expect(isSafe(String(decoding: bytes, as: UTF8.self)), "a replay controls the terminal")
  }
  guard let format = format.export else { return }
  var export = format.makeExport()
  bytes = []
  for event in events { export.append(event, to: &bytes) }
  export.finish(to: &bytes)
  if format == .chrome {
    do { _ = try JSONValue(parsing: bytes) } catch {
      fatalError("a Chrome trace is no JSON: \(error)")
    }
  }
}

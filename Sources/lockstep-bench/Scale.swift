import Pty
import Trace

/// Measures recordings of many events: the time to open them, their memory, and the time of the
/// queries for a frame, which should not grow with the recording.
enum Scale {
  /// The rows for a recording of one length.
  static func rows(events: Int) -> [Row] {
    guard let file = ScaleFile.write(events: events) else { return [noRoom(events)] }
    return rows(ScaleFigures(of: file), vim: vimFrame(of: file))
  }

  private static func noRoom(_ events: Int) -> Row {
    Row(
      name: "\(ValueText.grouped(events)) events", figure: "no room for the file", peer: "–",
      ratio: nil, aim: "–")
  }

  private static func rows(_ figures: ScaleFigures, vim: Double?) -> [Row] {
    let events = ValueText.grouped(figures.events)
    let slowest = figures.slowest
    return [
      Row(
        name: "first frame of \(events) events",
        figure: figures.firstFrame.map { "\(Row.number($0)) ms" } ?? "no frame",
        peer: vim.map { "vim on the same file, \(Row.number($0)) ms" } ?? "vim not found",
        ratio: figures.firstFrame.flatMap { own in vim.map { own / $0 } }, aim: "at most 1"),
      Row(
        name: "\(events) events read, indexed",
        figure: "\(Row.number(figures.total)) s",
        peer: "read(2) of the file, \(Row.number(figures.plainRead)) s",
        ratio: figures.total / figures.plainRead, aim: "1.5 s a million"),
      Row(
        name: "folding and indexing of these",
        figure: "\(Row.number(figures.indexing / Double(figures.events) * 1e9)) ns an event",
        peer: "read(2), \(Row.number(figures.plainRead / Double(figures.events) * 1e9)) ns",
        ratio: figures.indexing / figures.plainRead, aim: "600 ns"),
      Row(
        name: "memory per event", figure: "\(Row.number(figures.bytes)) bytes",
        peer: "its line, \(Row.number(figures.lineBytes)) bytes",
        ratio: figures.bytes / figures.lineBytes, aim: "at most 64 bytes"),
      Row(
        name: "slowest query of a frame",
        figure: slowest.map { "\(Row.number($0.worst)) ms" } ?? "–",
        peer: slowest.map { "\($0.name), median \(Row.number($0.median))" } ?? "–",
        ratio: slowest.map { $0.worst / max($0.median, 0.001) }, aim: "at most 16 ms"),
    ]
  }

  /// The time in milliseconds from the start of vim to the first line of the recording.
  private static func vimFrame(of file: borrowing ScaleFile) -> Double? {
    guard let path = Programs.find("vim"),
      let vim = try? PtyProgram(
        columns: 120, rows: 40, path: path, arguments: ["-n", "-u", "NONE", file.path]),
      vim.wait(.seconds(120), until: { vim.output.contains(Array("run.start".utf8)) })
    else { return nil }
    return (.now - vim.started) / .milliseconds(1)
  }

  /// Prints the rows for the largest recording, and the growth of each figure from ten thousand
  /// events on.
  static func printGrowth(to largest: Int) {
    var lengths: [Int] = []
    while (lengths.last.map { $0 * 10 } ?? 10_000) < largest {
      lengths.append(lengths.last.map { $0 * 10 } ?? 10_000)
    }
    lengths.append(largest)
    var all: [ScaleFigures] = []
    print(Row.heading)
    for length in lengths {
      guard let file = ScaleFile.write(events: length) else {
        print(noRoom(length).text)
        continue
      }
      let figures = ScaleFigures(of: file)
      all.append(figures)
      if length == largest {
        for row in rows(figures, vim: vimFrame(of: file)) { print(row.text) }
      }
    }
    print()
    print(
      line(
        "growth; queries: median, worst, µs", all.map { ValueText.grouped($0.events) },
        "last : first"))
    printGrowth("µs per event, read and indexed", all.map { $0.total / Double($0.events) * 1e6 })
    printGrowth("bytes per event", all.map(\.bytes))
    printGrowth("ms to the first frame", all.map { $0.firstFrame ?? 0 })
    for place in all.first?.queries.indices ?? 0..<0 {
      let queries = all.map { $0.queries[place] }
      guard let first = queries.first, let last = queries.last else { continue }
      let texts = queries.map { "\(micros($0.median)), \(micros($0.worst))" }
      print(line(first.name, texts, Row.number(last.median / max(first.median, 0.001))))
    }
  }

  private static func printGrowth(_ name: String, _ values: [Double]) {
    let ratio = (values.last ?? 0) / max(values.first ?? 0, 0.001)
    print(line(name, values.map(Row.number), Row.number(ratio)))
  }

  /// Formats milliseconds as microseconds.
  private static func micros(_ milliseconds: Double) -> String {
    let tenths = Int((milliseconds * 10_000).rounded())
    return tenths < 100 ? "\(tenths / 10).\(tenths % 10)" : "\(tenths / 10)"
  }

  private static func line(_ name: String, _ figures: [String], _ ratio: String) -> String {
    Row.padded(name, 38) + figures.map { Row.padded($0, 14) }.joined() + ratio
  }
}

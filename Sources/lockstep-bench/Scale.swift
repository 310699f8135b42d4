import Pty
import Trace

/// A recording of very many events: how long until it can be looked at, what it takes, and that
/// nothing that a frame asks grows with it.
enum Scale {
  /// The rows of one length.
  static func rows(events: Int) -> [Row] {
    guard let file = ScaleFile.written(events: events) else { return [noRoom(events)] }
    return rows(ScaleFigures(of: file), vim: vimFrame(of: file))
  }

  private static func noRoom(_ events: Int) -> Row {
    Row(
      name: "\(ValueText.grouped(events)) events", figure: "no room for the file", peer: "–",
      ratio: nil,
      aim: "–")
  }

  private static func rows(_ figures: ScaleFigures, vim: Double?) -> [Row] {
    let events = ValueText.grouped(figures.events)
    let slowest = figures.slowest
    return [
      Row(
        name: "first frame of \(events) events",
        figure: figures.firstFrame.map { "\(Row.number($0)) ms" } ?? "no frame",
        peer: vim.map { "vim on the same file, \(Row.number($0)) ms" } ?? "vim is not here",
        ratio: figures.firstFrame.flatMap { own in vim.map { own / $0 } }, aim: "at most 1"),
      Row(
        name: "\(events) events read, indexed",
        figure: "\(Row.number(figures.whole)) s",
        peer: "read(2) of the file, \(Row.number(figures.plainRead)) s",
        ratio: figures.whole / figures.plainRead, aim: "1.5 s a million"),
      Row(
        name: "of it folded and indexed",
        figure: "\(Row.number(figures.indexing / Double(figures.events) * 1e9)) ns an event",
        peer: "read(2), \(Row.number(figures.plainRead / Double(figures.events) * 1e9)) ns",
        ratio: figures.indexing / figures.plainRead, aim: "600 ns"),
      Row(
        name: "memory of an event", figure: "\(Row.number(figures.bytes)) bytes",
        peer: "its line, \(Row.number(figures.lineBytes)) bytes",
        ratio: figures.bytes / figures.lineBytes, aim: "at most 64 bytes"),
      Row(
        name: "slowest question of a frame",
        figure: slowest.map { "\(Row.number($0.worst)) ms" } ?? "–",
        peer: slowest.map { "\($0.name), median \(Row.number($0.median))" } ?? "–",
        ratio: slowest.map { $0.worst / max($0.median, 0.001) }, aim: "at most 16 ms"),
    ]
  }

  /// From starting vim on the recording to its first line on the screen, in milliseconds.
  private static func vimFrame(of file: borrowing ScaleFile) -> Double? {
    guard let path = Programs.find("vim"),
      let vim = try? PtyProgram(
        columns: 120, rows: 40, path: path, arguments: ["-n", "-u", "NONE", file.path]),
      vim.wait(.seconds(120), until: { vim.output.contains(Array("run.start".utf8)) })
    else { return nil }
    return (.now - vim.started) / .milliseconds(1)
  }

  /// Prints the rows of the greatest length, and how each figure grows from ten thousand on.
  static func printGrowth(to greatest: Int) {
    var lengths: [Int] = []
    while (lengths.last.map { $0 * 10 } ?? 10_000) < greatest {
      lengths.append(lengths.last.map { $0 * 10 } ?? 10_000)
    }
    lengths.append(greatest)
    var all: [ScaleFigures] = []
    print(Row.heading)
    for length in lengths {
      guard let file = ScaleFile.written(events: length) else {
        print(noRoom(length).text)
        continue
      }
      let figures = ScaleFigures(of: file)
      all.append(figures)
      if length == greatest {
        for row in rows(figures, vim: vimFrame(of: file)) { print(row.text) }
      }
    }
    print()
    print(
      line(
        "growth; questions: median, worst, µs", all.map { ValueText.grouped($0.events) },
        "last : first"))
    printGrowth("µs an event, read and indexed", all.map { $0.whole / Double($0.events) * 1e6 })
    printGrowth("bytes an event", all.map(\.bytes))
    printGrowth("ms to the first frame", all.map { $0.firstFrame ?? 0 })
    for place in all.first?.questions.indices ?? 0..<0 {
      let questions = all.map { $0.questions[place] }
      guard let first = questions.first, let last = questions.last else { continue }
      let texts = questions.map { "\(micros($0.median)), \(micros($0.worst))" }
      print(line(first.name, texts, Row.number(last.median / max(first.median, 0.001))))
    }
  }

  private static func printGrowth(_ name: String, _ values: [Double]) {
    let ratio = (values.last ?? 0) / max(values.first ?? 0, 0.001)
    print(line(name, values.map(Row.number), Row.number(ratio)))
  }

  /// Milliseconds as microseconds.
  private static func micros(_ milliseconds: Double) -> String {
    let tenths = Int((milliseconds * 10_000).rounded())
    return tenths < 100 ? "\(tenths / 10).\(tenths % 10)" : "\(tenths / 10)"
  }

  private static func line(_ name: String, _ figures: [String], _ ratio: String) -> String {
    Row.padded(name, 38) + figures.map { Row.padded($0, 14) }.joined() + ratio
  }
}

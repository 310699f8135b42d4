import Catalog
import Events
import Screen
import Testing

@testable import RunViews
@testable import Tutor

@Suite("The conclusion in a pane")
struct ShownTextTests {
  private func rows(_ conclusion: Conclusion, width: Int) throws -> [String] {
    var stage = try Stage()
    var script = RunScript("io-bound")
    script.add(.result, texts: [Event.shownName, conclusion.text])
    script.finish(.completed, at: 1_000)
    try stage.play(script, of: "io-bound")
    return ShownText.rows(stage.model.session, width: width, glyphs: .unicode).map(\.plain)
  }

  private let times = Conclusion(
    "Threads won.",
    table: [
      ["", "time", "CPU time"], ["in turn", "1 s", "823 µs"], ["threads", "502 ms", "1.9 ms"],
    ])

  @Test("A table that fits is complete")
  func fits() throws {
    #expect(
      try rows(times, width: 40) == [
        "┃ Threads won.", "┃            time  CPU time", "┃ in turn     1 s    823 µs",
        "┃ threads  502 ms    1.9 ms",
      ])
  }

  @Test("The last columns of a table that is too wide are left out, and no cell is cut")
  func narrow() throws {
    #expect(
      try rows(times, width: 22) == [
        "┃ Threads won.", "┃            time …", "┃ in turn     1 s", "┃ threads  502 ms",
      ])
  }

  @Test("A table of two columns wraps, so that no value is lost")
  func pairs() throws {
    let pairs = Conclusion("So.", table: [["order", "1 2 3 4 5 6 7"], ["time", "1 ms"]])
    let rows = try rows(pairs, width: 16).joined(separator: " ")
    for number in 1...7 { #expect(rows.contains("\(number)")) }
    #expect(rows.contains("1 ms"))
  }
}

import Events
import Testing

@Suite("The conclusion of a run")
struct ConclusionTests {
  @Test("The first column of the table is aligned to the left, the others to the right")
  func alignment() {
    let conclusion = Conclusion(
      "Two workers were faster.",
      table: [
        ["", "time", "cores"], ["1 worker", "410 ms", "1.0"], ["2 workers", "9 ms", "12.5"],
      ])
    #expect(
      conclusion.lines == [
        "Two workers were faster.",
        "             time  cores",
        "1 worker   410 ms    1.0",
        "2 workers    9 ms   12.5",
      ])
  }

  @Test("The second of two columns is aligned to the left")
  func twoColumns() {
    let rows = Conclusion("So.", table: [["time", "1 ms"], ["order", "3 1 2"]]).table
    #expect(rows == ["time   1 ms", "order  3 1 2"])
  }

  @Test("Rows of different lengths keep their cells")
  func ragged() {
    let rows = Conclusion("So.", table: [["name"], ["a", "1"], [], ["long name", "2", "3"]]).table
    #expect(rows == ["name", "a          1", "", "long name  2  3"])
  }

  @Test("The text of a conclusion gives the same conclusion")
  func text() {
    let conclusion = Conclusion("So.", table: [["a", "1"]])
    #expect(Conclusion(text: conclusion.text) == conclusion)
    #expect(Conclusion(text: "Only this.").table == [])
    #expect(Conclusion(text: "").sentence == "")
  }

  @Test("A text with too many rows keeps the first ones")
  func limit() {
    let text = "So." + String(repeating: "\nrow", count: 100)
    #expect(Conclusion(text: text, rows: 64).table.count == 64)
    #expect(Conclusion(text: text).table.count == 100)
    #expect(Conclusion(text: "So.", rows: 64).table.isEmpty)
  }
}

import Pty
import TestFaults
import Testing

@Suite("The table of the fault matrix", .faultMatrix)
struct FaultTableTests {
  @Test("Every row from 1 to 110 is in the table once, with a test or a reason")
  func complete() {
    #expect(FaultTable.kept.map(\.number) == Array(1...110))
    for row in FaultTable.kept {
      #expect(!row.fault.isEmpty && !row.verdict.isEmpty, "row \(row.number)")
      #expect(
        row.tests.isEmpty != row.verdict.hasPrefix("tested"),
        "row \(row.number) has tests, or says why not")
    }
  }

  @Test("A row names exactly the files that have tests of it")
  func named() throws {
    var found: [Int: Set<String>] = [:]
    for (file, text) in Self.sources() {
      for name in Self.testNames(in: text) {
        for number in FaultRow.numbers(inTestName: name) { found[number, default: []].insert(file) }
      }
    }
    for row in FaultTable.kept {
      #expect(Set(row.tests) == found[row.number] ?? [], "row \(row.number)")
    }
  }

  @Test("Every suite with a test of a row counts it")
  func counted() {
    for (file, text) in Self.sources()
    where Self.testNames(in: text).contains(where: { !FaultRow.numbers(inTestName: $0).isEmpty }) {
      #expect(text.contains(".faultMatrix"), "\(file)")
    }
  }

  @Test("The checks of the project install every tool")
  func installed() {
    let script = String(
      decoding: contents(of: FaultTable.testsFolder + "/../.ci/run") ?? [], as: UTF8.self)
    let line = script.split(separator: "\n").first { $0.hasPrefix("fault_tools=") }
    let packages = line.map { $0.split { "=()\" ".contains($0) }.dropFirst().map(String.init) }
    #expect(packages == Set(Tool.allCases.map(\.package)).sorted())
  }

  @Test("The rows of a test are read from its name")
  func rows() {
    #expect(FaultRow.numbers(inTestName: "Row 61: A recording") == [61])
    #expect(FaultRow.numbers(inTestName: "Rows 1, 2 and 3: Small sizes") == [1, 2, 3])
    #expect(FaultRow.numbers(inTestName: "Rows of a table: they stay") == [])
    #expect(FaultRow.numbers(inTestName: "Row") == [])
  }

  /// The test sources, by their names without the ending.
  private static func sources() -> [(String, String)] {
    names(inFolder: FaultTable.testsFolder).map { "\(FaultTable.testsFolder)/\($0)" }.flatMap {
      folder in
      names(inFolder: folder).filter { $0.hasSuffix(".swift") && $0 != "FaultTableTests.swift" }.map
      {
        (
          String($0.dropLast(6)),
          String(decoding: contents(of: "\(folder)/\($0)") ?? [], as: UTF8.self)
        )
      }
    }
  }

  /// The names in `@Test("…`, also where the name is on the next line.
  private static func testNames(in text: String) -> [String] {
    text.split(separator: "@Test(").dropFirst().compactMap { rest in
      let start = rest.drop { $0.isWhitespace }
      guard start.first == "\"" else { return nil }
      return String(start.dropFirst().prefix { $0 != "\"" })
    }
  }
}

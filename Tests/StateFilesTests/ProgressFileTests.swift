import LessonKit
import TestFaults
import TestState
import Testing

@testable import StateFiles

@Suite("Progress file", .faultMatrix)
struct ProgressFileTests {
  private func file() -> ProgressFile {
    var file = ProgressFile()
    _ = file.add(seen("a \"quoted\" step", "b\u{1B}"), to: ProgressFile.builtIn, at: "T1")
    _ = file.add(seen("ä"), to: "/home/someone/notes.md", at: "T2")
    return file
  }

  @Test("A written file reads back the same, and writing is deterministic")
  func wholeRound() throws {
    var file = file()
    let bytes = file.bytes()
    var again = try ProgressFile(parsing: bytes)
    #expect(again == file)
    #expect(again.bytes() == bytes)
  }

  @Test("Row 54: A file cut at any byte is damaged")
  func cut() {
    var file = file()
    let bytes = file.bytes()
    // The last byte is the end of the last line.
    for end in 0..<bytes.count - 1 {
      #expect(throws: ProgressFile.Problem.self) { try ProgressFile(parsing: Array(bytes[..<end])) }
    }
  }

  @Test(
    "A file with other content is damaged",
    arguments: [
      "null", "[]", "{}", "7", #"{"version":1}"#, #"{"version":"1","documents":{}}"#,
      #"{"version":0,"documents":{}}"#, #"{"version":1.0,"documents":{}}"#,
      #"{"version":1,"documents":[]}"#, #"{"version":1,"documents":{"a":null}}"#,
      #"{"version":1,"documents":{"a":{"seen":{},"ran":{},"place":null}}}"#,
      #"{"version":1,"documents":{"a":{"changed":7,"seen":{},"ran":{},"place":null}}}"#,
      #"{"version":1,"documents":{"a":{"changed":"","seen":[],"ran":{},"place":null}}}"#,
      #"{"version":1,"documents":{"a":{"changed":"","seen":{"x":[1]},"ran":{},"place":null}}}"#,
      #"{"version":1,"documents":{"a":{"changed":"","seen":{},"ran":{"x":{}},"place":null}}}"#,
      #"{"version":1,"documents":{"a":{"changed":"","seen":{},"ran":{},"place":"x"}}}"#,
      #"{"version":1,"documents":{"a":{"changed":"","seen":{},"ran":{},"place":{"lesson":"x"}}}}"#,
    ])
  func wrong(text: String) {
    #expect {
      try ProgressFile(parsing: Array(text.utf8))
    } throws: {
      if case .damaged? = $0 as? ProgressFile.Problem { true } else { false }
    }
  }

  @Test("Row 54: Random content is damaged")
  func random() {
    var state = UInt64(42)
    for _ in 0..<2_000 {
      var bytes: [UInt8] = Array("{\"version\":1,\"documents\":{".utf8)
      for _ in 0..<40 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes.append(UInt8(truncatingIfNeeded: state >> 40))
      }
      #expect(throws: ProgressFile.Problem.self) { try ProgressFile(parsing: bytes) }
    }
  }

  @Test("Row 54: A newer file is not taken for a damaged one")
  func newer() {
    #expect(throws: ProgressFile.Problem.newer(2)) {
      try ProgressFile(parsing: Array(#"{"version":2,"shelves":[]}"#.utf8))
    }
  }

  @Test("The least recently changed documents are dropped first, the built-in lessons never")
  func documentLimit() throws {
    var file = ProgressFile()
    _ = file.add(seen("a"), to: ProgressFile.builtIn, at: "0")
    for count in 0..<ProgressFile.documentLimit + 2 {
      _ = file.add(seen("a"), to: "/\(count)", at: count == 1 ? "9" : "5-\(1000 + count)")
    }
    let kept = try ProgressFile(parsing: file.bytes()).documents
    #expect(kept.count == ProgressFile.documentLimit + 1)
    #expect(kept[ProgressFile.builtIn] != nil && kept["/1"] != nil)
    #expect(kept["/0"] == nil && kept["/2"] == nil && kept["/3"] != nil)
  }

  @Test("A document keeps at most the limit of steps, whatever the file says")
  func stepLimit() throws {
    let steps = (0..<DocumentProgress.stepLimit + 5).map { "\"\($0)\"" }.joined(separator: ",")
    let text = #"{"version":1,"documents":{"a":{"changed":"","seen":{"x":[\#(steps)]},"#
    let file = try ProgressFile(parsing: Array((text + #""ran":{},"place":null}}}"#).utf8))
    #expect(file.documents["a"]?.progress.seen.count == DocumentProgress.stepLimit)
  }

  @Test("The file never exceeds its size limit, and drops the largest documents first")
  func sizeLimit() throws {
    let limit = 209_715
    func progress(_ bytes: Int) -> DocumentProgress { seen(String(repeating: "x", count: bytes)) }
    var file = ProgressFile()
    _ = file.add(seen("a"), to: ProgressFile.builtIn, at: "0")
    for count in 0..<20 { _ = file.add(progress(50), to: "/small\(count)", at: "1") }
    _ = file.add(progress(35_000), to: "/large", at: "2")
    _ = file.add(progress(40_000), to: "/larger", at: "3")
    // Larger than all others, and just written.
    _ = file.add(progress(45_000), to: "/largest", at: "4")
    var bytes = file.bytes(limit: limit)
    #expect(bytes.count <= limit)
    var kept = try ProgressFile(parsing: bytes).documents
    #expect(kept.count == 23 && kept["/larger"] == nil && kept["/largest"] != nil)
    // What takes most of the room for itself takes it from nobody.
    _ = file.add(progress(75_000), to: "/huge", at: "5")
    bytes = file.bytes(limit: limit)
    #expect(bytes.count <= limit)
    kept = try ProgressFile(parsing: bytes).documents
    #expect(kept.count == 23 && kept["/huge"] == nil && kept["/largest"] != nil)
  }

  @Test("The common name of documents has a length limit and holds as many paths as fit")
  func longName() {
    let paths = (0..<100).map { "/gone/\(String(repeating: "x", count: 20))\($0).md" }
    let key = { (paths: [String]) in ProgressFile.name(of: paths) }
    let long = key(paths)
    #expect(long.utf8.count <= 1_024 && long.hasPrefix(paths[0] + "\n" + paths[1] + "\n"))
    #expect(long != key(paths.dropLast()) && long == key(paths))
    let one = key(["/" + String(repeating: "é", count: 3_000)])
    #expect(one.utf8.count <= 1_024 && one.hasPrefix("/éé"))
  }
}

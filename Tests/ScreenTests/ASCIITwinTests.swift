import Glibc
import Testing

@testable import Screen

@Suite("ASCII output")
struct ASCIITwinTests {
  @Test(
    "has the same width as Unicode output",
    arguments: [
      "naïve façade – “quoted” …", "日本語 テキスト", "👍🏽 👩‍👩‍👧 ☺️ 🇩🇪", "e\u{301}x", "\u{301}x",
      "a\u{1}b\u{1B}[m",
      "\u{202E}x", "\u{9B}2J", "한국어 ครับ", "─│╭▒█▁·→✗", "a\tb", "\u{3000}x", "‖ 12 µs ×",
    ])
  func aligned(text: String) {
    let columns = TextWidth.columns(of: text)
    let safe = Sanitizer.displaySafe(text, newlines: .visible, glyphs: .ascii)
    #expect(safe.utf8.count == columns && safe.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
    var frame = Frame(Size(columns: 40, rows: 1), glyphs: .ascii)
    #expect(frame.put(text + "|", at: Point(x: 0, y: 0)) == columns + 1)
    #expect(frame.lines == [safe + "|"])
  }

  @Test("keeps comments aligned in a listing with wide characters")
  func listing() {
    var frame = Frame(Size(columns: 24, rows: 2), glyphs: .ascii)
    for (row, line) in ["name = '漢字'  # é", "n = '👍 ok'     # b"].enumerated() {
      frame.put(line, at: Point(x: 0, y: row))
    }
    #expect(frame.difference(from: "name = '????'  # e\nn = '?? ok'     # b") == nil)
  }

  @Test("leaves out a wide character that does not fit, as Unicode output does")
  func clipped() {
    for glyphs in [Glyphs.unicode, .ascii] {
      var frame = Frame(Size(columns: 5, rows: 1), glyphs: glyphs)
      frame.put("ab漢字", at: Point(x: 0, y: 0))
      #expect(frame[Point(x: 4, y: 0)] == .blank)
      frame.put("漢b", at: Point(x: -1, y: 0))
      #expect(frame[Point(x: 1, y: 0)].scalar == "b")
    }
  }

  @Test("has a twin for every symbol in the sources")
  func symbols() throws {
    let here = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let files = try Self.swiftFiles(in: "/" + here + "/Sources")
    #expect(files.count > 50)
    for file in files {
      for line in try Self.text(of: file).split(separator: "\n") where !Self.isComment(line) {
        for scalar in line.unicodeScalars where !scalar.isASCII {
          #expect(ASCIITwin.of(scalar) != "?", "\(scalar) in \(file)")
        }
      }
    }
  }

  private static func isComment(_ line: Substring) -> Bool {
    line.drop { $0 == " " }.hasPrefix("//")
  }

  private static func swiftFiles(in folder: String) throws -> [String] {
    let stream = try #require(opendir(folder))
    defer { closedir(stream) }
    var files: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      let path = folder + "/" + name
      if entry.pointee.d_type == DT_DIR, !name.hasPrefix(".") {
        files += try swiftFiles(in: path)
      } else if name.hasSuffix(".swift") {
        files.append(path)
      }
    }
    return files
  }

  private static func text(of path: String) throws -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = read(descriptor, &buffer, buffer.count), count > 0 {
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

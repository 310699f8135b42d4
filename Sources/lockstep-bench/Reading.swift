import Catalog
import LessonKit
import Platform
import Pty
import Screen
import Tutor

/// The longest time from a key to the finished frame in a document of 200 KB, compared with a page
/// down in vim. A third of the document is in its longest step.
enum Reading {
  private static let sections = 60

  static func row() -> Row {
    guard let course = course() else {
      return Row(
        name: "slowest key, 200 KB", figure: "cannot read the document", peer: "–", ratio: nil,
        aim: "at most 50 ms")
    }
    var model = Model(
      course: course, listings: [:], catalog: DemoCatalog(cores: 2),
      size: Size(columns: 120, rows: 40))
    var slowest = (key: "", time: 0.0)
    func press(_ key: Key) {
      let started = MonotonicClock.now()
      _ = update(&model, .input(.key(key)))
      _ = render(model)
      let time = Double(MonotonicClock.now() - started) / 1e6
      if time > slowest.time { slowest = ("\(key)", time) }
    }
    for key: Key in [.pageDown, .pageDown, .end, .pageUp, .home, .character("/")] { press(key) }
    for letter in "the block" { press(.character(letter)) }
    press(.enter)
    for _ in 0..<40 { press(.character("n")) }
    for _ in 0..<20 { press(.character("N")) }
    press(.escape)
    for _ in 0..<sections / 2 { press(.character("]")) }
    press(.character("t"))
    for letter in "section 5" { press(.character(letter)) }
    press(.enter)
    let vim = vimPage()
    return Row(
      name: "slowest key, 200 KB",
      figure: "\(Row.number(slowest.time)) ms (\(slowest.key))",
      peer: vim.map { "a page in vim, \(Row.number($0)) ms" } ?? "vim not found",
      ratio: vim.map { slowest.time / $0 }, aim: "at most 50 ms")
  }

  private static func course() -> Course? {
    var limits = DocumentLimits()
    limits.bytes = 1 << 22
    return try? CourseLoader(catalog: DemoCatalog(cores: 2), limits: limits)
      .course(of: [("document.md", document)])
  }

  /// Prose, code, lists, quotes and tables under numbered headings.
  private static var document: String {
    var text = "# A long document\n"
    for section in 1...sections {
      text += "\n## Section \(section)\n"
      // One step is half as long as all others together.
      for part in 1...(section == 7 ? sections / 2 : 1) {
        text += """

          A *paragraph* of part \(part) tells, in **plain** words and with some `code` in between, what
          the block after it shows. The block is [described](#section-\(section)) at more length; its
          lines are folded at the width of the pane – “quoted”, with a dash – as any text is.

          > A quotation says the same again, and is a block of its own, so that the block is found
          > more than once in each part of the text.

          1. first the block is opened,
          2. then it is filled with words, as many as there are,
             - some of them in a list inside of the list,
          3. and at last the block is closed.

          ```python
          def part_\(part)(block):
              for line in block:
                  print(f"{line}: the block goes on")
          ```

          | name of the block | what it holds | how often |
          |---|---|---:|
          | the block | words | \(part) |
          | the other block | fewer words | \(section) |


          """
        text += String(
          repeating: "And so the text goes on, and says little that is new. ", count: 24)
        text += "\n"
      }
    }
    return text
  }

  /// The median time in milliseconds from a page-down key in vim to the next page. No line shares a
  /// letter with another line of its page, or with the line that it replaces.
  private static func vimPage() -> Double? {
    guard let path = Programs.find("vim"),
      let vim = try? PtyProgram(
        columns: 120, rows: 40, path: path,
        arguments: [
          "-n", "-u", "NONE", "-c",
          "call setline(1, map(range(1, 4000), 'repeat(nr2char(48 + v:val % 75), 6)'))",
        ]),
      vim.wait(.seconds(10), until: { vim.output.contains(mark(ofLine: 39)) })
    else { return nil }
    var times: [Double] = []
    for page in 1...20 {
      let started = ContinuousClock.now
      let before = vim.output.count
      vim.send(bytes: [0x06])
      let mark = mark(ofLine: page * 37 + 30)
      guard vim.wait(.seconds(5), until: { vim.output[before...].contains(mark) }) else {
        return nil
      }
      times.append((.now - started) / .milliseconds(1))
    }
    return times.median
  }

  private static func mark(ofLine line: Int) -> [UInt8] {
    Array(repeating: UInt8(48 + line % 75), count: 6)
  }
}

import LessonKit
import Catalog
import Screen
import Testing

@testable import RunViews
@testable import Tutor

@Suite("What a step asks about")
struct MeasureTests {
  private func stage(_ columns: Int = 120, _ rows: Int = 40, rounds: Int = 1) throws -> Stage {
    var stage = try Stage(columns, rows, lesson: 1, step: 2)
    try stage.play(.ioBound(rounds: rounds), of: "io-bound")
    return stage
  }

  /// The rows of the pane with the bars.
  private func bars(_ stage: Stage) -> String {
    stage.model.content(.bars, width: 58, height: 40).rows.map(\.text.plain)
      .joined(separator: "\n")
  }

  @Test("It is alone and large at first, with the names of the rest", arguments: [40, 24])
  func asked(rows: Int) throws {
    let stage = try stage(rows == 40 ? 120 : 80, rows)
    #expect(stage.picture.contains("m  more: CPU time, memory"))
    let picture = bars(stage)
    #expect(picture.contains("time ") && picture.contains("m  more: CPU time, memory"))
    #expect(!picture.contains("cores used  ") && !picture.contains("18.9 MB"))
    let bars = picture.split(separator: "\n").count { $0.contains("███") }
    #expect(bars >= 1)
  }

  @Test("One key opens the rest and closes it again")
  func more() throws {
    var stage = try stage()
    stage.press(.character("m"))
    #expect(bars(stage).contains("18.9 MB") && !bars(stage).contains("m  more"))
    stage.press(.character("m"))
    #expect(!bars(stage).contains("18.9 MB") && bars(stage).contains("m  more"))
    stage.press(.character("m"), .character("]"))
    #expect(!stage.model.showsAllMeasures)
  }

  @Test("The key works as soon as its row is shown, also while the run goes on")
  func live() throws {
    var stage = try Stage(120, 40, lesson: 1, step: 2)
    try stage.play(.ioBound(isFinished: false), of: "io-bound")
    #expect(bars(stage).contains("m  more: CPU time, memory") && !bars(stage).contains("the table"))
    stage.press(.character("m"))
    #expect(bars(stage).contains("18.9 MB"))
    var finished = try self.stage()
    #expect(!bars(finished).contains("the table"), "its conclusion has none")
    finished.press(.character("m"))
    #expect(finished.model.showsAllMeasures)
  }

  @Test("Bars are two rows high where there is room, then one with a gap, then one")
  func sizes() throws {
    let session = try #require(try stage().model.session)
    func rows(_ height: Int) -> [String] {
      BarRows(
        session.arms, asked: ["time"], isOpen: false, hasTable: false, width: 60, height: height,
        glyphs: .unicode
      )
      .rows.map(\.plain)
    }
    #expect(rows(30).count { $0.contains("█") } == 6)
    #expect(rows(9).count { $0.contains("█") } == 3 && rows(9).contains(""))
    #expect(rows(5).count == 5)
    for height in 5...30 { #expect(rows(height).count <= height) }
  }

  @Test("Zero has no bar, and numbers of different sizes have their own units")
  func zero() throws {
    let session = try #require(try stage().model.session)
    let rows = BarRows(
      session.arms, asked: ["memory"], isOpen: false, hasTable: false, width: 60, height: 30,
      glyphs: .unicode
    )
    .rows.map(\.plain)
    let none = try #require(rows.first { $0.hasPrefix("in turn") })
    #expect(!none.contains { "▏▎▍▌▋▊▉█".contains($0) })
  }

  @Test("A step may ask about another measure than its demo")
  func shown() throws {
    let stage = try Stage(lesson: 1, step: 12)
    #expect(stage.model.step?.runs.first?.askedMeasures == ["cores used"])
    let plain = try Stage(lesson: 1, step: 2)
    #expect(plain.model.step?.runs.first?.askedMeasures == ["time"])
  }

  @Test("A table that is too wide beside other panes takes the width until the first run")
  func table() throws {
    var stage = try Stage(120, 40, lesson: 1, step: 14)
    #expect(stage.model.isReading)
    #expect(stage.model.layout.rect(of: .lesson)?.width ?? 0 > 80)
    stage.press(.character("r"))
    try stage.play(.ioBound(), of: "io-bound", words: ["tasks=1", "wait=1ms"])
    #expect(!stage.model.isReading && stage.model.layout.rect(of: .bars) != nil)
    // At 160 columns it fits beside them, and so does a narrow table at 120.
    #expect(try !Stage(160, 50, lesson: 1, step: 14).model.isReading)
    #expect(try !Stage(120, 40, lesson: 4, step: 6).model.isReading)
    #expect(try !Stage(80, 24, lesson: 1, step: 14).model.isReading)
  }

  @Test("The events get the rows that a chart and its lanes leave")
  func events() throws {
    let stage = try stage()
    #expect(stage.model.layout.rect(of: .events) != nil)
    #expect(try self.stage(120, 24).model.layout.rect(of: .events) == nil)
  }
}

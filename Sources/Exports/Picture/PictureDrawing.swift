import Events
import Trace
import History

/// Draws the picture from the title to the footer.
struct PictureDrawing {
  let fold: RunFold
  let rows: PictureRows
  let axis: TimeAxis
  var svg = SVGWriter()
  /// The current vertical position, in pixels.
  var y = 0.0
  var top = 0.0
  /// The vertical middles of the actors' lanes.
  var middles: [ActorID: Double] = [:]
  var styles: Set<LaneStyle> = []

  static let width = 1000.0
  static let margin = 24.0
  static let left = 190.0
  static let laneWidth = 700.0
  static let noteLeft = 898.0
  static let textWidth = width - 2 * margin
  static let maxFindings = 9
  static let maxExceptions = 100

  var state: RunState { fold.state }

  init(fold: RunFold, timeline: Timeline) {
    self.fold = fold
    rows = PictureRows(state: fold.state, timeline: timeline)
    axis = TimeAxis(end: rows.end, left: Self.left, width: Self.laneWidth)
  }

  /// Draws the whole file.
  mutating func draw() -> [UInt8] {
    drawTitle()
    drawAxis()
    drawLanes()
    drawLocks()
    drawStrips()
    let bottom = y
    let body = svg.bytes
    svg.bytes = []
    drawGrid(to: bottom)
    svg.bytes += body
    drawMarks(to: bottom)
    y += 10
    drawSentences()
    drawLegend()
    drawFooter()
    let drawn = svg.bytes
    svg.bytes = []
    drawOpening()
    return svg.bytes + drawn + Array("</svg>\n".utf8)
  }

  var demo: String { state.demo.isEmpty ? "A run" : state.demo }

  // MARK: Around the lanes

  mutating func drawOpening() {
    let (width, height) = (SVGWriter.number(Self.width), SVGWriter.number(y + 14))
    svg.raw(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" width=\"\(width)\" "
        + "height=\"\(height)\" viewBox=\"0 0 \(width) \(height)\" role=\"img\" "
        + "aria-labelledby=\"title description\">")
    svg.element("title", [("id", "title")], text: "Timeline of \(demo)")
    svg.element("desc", [("id", "description")], text: description)
    svg.raw("<!-- \(LaneStyle.credit) -->")
    svg.raw(LaneStyle.sheet)
    svg.element("rect", [("width", width), ("height", height), ("fill", "#fff")])
  }

  /// A description of the picture for screen readers.
  var description: String {
    let names = rows.lanes.prefix(12).map { name(of: $0).joined(separator: " ") }
    var sentences = [
      "What \(rows.actorTypes) did during \(ValueText.duration(Int64(clamping: rows.end))): "
        + names.joined(separator: ", ") + (rows.lanes.count > 12 ? " and others." : ".")
    ]
    sentences +=
      rows.locks.isEmpty ? [] : ["Locks: \(rows.locks.map(\.name).joined(separator: ", "))."]
    sentences += rows.strips.map { "\($0.name), \($0.note)." }
    sentences += fold.findings.prefix(Self.maxFindings).map { Narrator.closed($0.description) }
    if let shown = fold.shown { sentences.append(Narrator.closed(shown.sentence)) }
    sentences.append(facts)
    return sentences.joined(separator: " ")
  }

  mutating func drawTitle() {
    y = 38
    svg.text(
      PictureText.fitted(demo, width: Self.textWidth, size: 20), x: Self.margin, y: y, "title")
    for line in PictureText.wrapped(
      state.parameters, width: Self.textWidth, size: 12, lines: 2)
    {
      y += 18
      svg.text(line, x: Self.margin, y: y, "sub")
    }
    if let missing = state.missingParts {
      y += 18
      svg.text("Incomplete: \(missing)", x: Self.margin, y: y, "missing")
    }
    y += 28
  }

  mutating func drawAxis() {
    for tick in axis.ticks {
      let label = tick == 0 ? "0" : ValueText.duration(Int64(clamping: tick))
      svg.text(label, x: axis.x(tick), y: y, "tick", anchor: "middle")
    }
    y += 8
    top = y
    if !fold.findings.isEmpty { y += 20 }
  }

  mutating func drawGrid(to bottom: Double) {
    for tick in axis.ticks {
      let x = SVGWriter.number(axis.x(tick))
      svg.element(
        "line",
        [
          ("class", "grid"), ("x1", x), ("x2", x), ("y1", SVGWriter.number(top)),
          ("y2", SVGWriter.number(bottom)),
        ])
    }
  }

  mutating func drawHead(_ text: String) {
    y += 18
    svg.text(text, x: Self.margin, y: y, "head")
    y += 6
  }

  mutating func drawRest(_ count: Int, _ noun: String) {
    guard count > 0 else { return }
    y += 14
    svg.text("and \(count) more \(noun)", x: Self.margin, y: y, "note")
    y += 4
  }
}

/// Draws the picture, from the title at the top to the footer.
struct PictureDrawing {
  private let fold: RunFold
  private let rows: PictureRows
  private let axis: TimeAxis
  private var svg = SVGWriter()
  /// How far the picture goes down by now, in pixels.
  private var y = 0.0
  private var top = 0.0
  /// The middles of the actors' lanes.
  private var middles: [ActorID: Double] = [:]
  private var styles: Set<LaneStyle> = []

  private static let width = 1000.0
  private static let margin = 24.0
  private static let left = 190.0
  private static let laneWidth = 700.0
  private static let noteLeft = 898.0
  private static let textWidth = width - 2 * margin
  static let mostFindings = 9
  private static let mostExceptions = 100

  private var state: RunState { fold.state }

  init(fold: RunFold, timeline: Timeline) {
    self.fold = fold
    rows = PictureRows(state: fold.state, timeline: timeline)
    axis = TimeAxis(end: rows.end, left: Self.left, width: Self.laneWidth)
  }

  /// The whole file.
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

  private var demo: String { state.demo.isEmpty ? "A run" : state.demo }

  // MARK: around the lanes

  private mutating func drawOpening() {
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

  /// What the picture shows, for whoever does not see it.
  private var description: String {
    let names = rows.lanes.prefix(12).map { name(of: $0).joined(separator: " ") }
    var sentences = [
      "What \(rows.sorts) did during \(ValueText.duration(Int64(clamping: rows.end))): "
        + names.joined(separator: ", ") + (rows.lanes.count > 12 ? " and others." : ".")
    ]
    sentences +=
      rows.locks.isEmpty ? [] : ["Locks: \(rows.locks.map(\.name).joined(separator: ", "))."]
    sentences += rows.strips.map { "\($0.name), \($0.note)." }
    sentences += fold.findings.prefix(Self.mostFindings).map { Narrator.closed($0.description) }
    if let shown = fold.shown { sentences.append(Narrator.closed(shown)) }
    sentences.append(facts)
    return sentences.joined(separator: " ")
  }

  private mutating func drawTitle() {
    y = 38
    svg.text(
      PictureText.fitted(demo, width: Self.textWidth, size: 20), x: Self.margin, y: y, "title")
    for line in PictureText.wrapped(
      state.parameters, width: Self.textWidth, size: 12, lines: 2)
    {
      y += 18
      svg.text(line, x: Self.margin, y: y, "sub")
    }
    y += 28
  }

  private mutating func drawAxis() {
    for tick in axis.ticks {
      let label = tick == 0 ? "0" : ValueText.duration(Int64(clamping: tick))
      svg.text(label, x: axis.x(tick), y: y, "tick", anchor: "middle")
    }
    y += 8
    top = y
    if !fold.findings.isEmpty { y += 20 }
  }

  private mutating func drawGrid(to bottom: Double) {
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

  private mutating func drawHead(_ text: String) {
    y += 18
    svg.text(text, x: Self.margin, y: y, "head")
    y += 6
  }

  private mutating func drawRest(_ count: Int, _ noun: String) {
    guard count > 0 else { return }
    y += 14
    svg.text("and \(count) more \(noun)", x: Self.margin, y: y, "note")
    y += 4
  }

  // MARK: lanes

  private mutating func drawLanes() {
    guard !rows.lanes.isEmpty else { return }
    drawHead(rows.sorts)
    // Many lanes are low, so that all of them are seen at once.
    let height = rows.lanes.count <= 20 ? 24.0 : rows.lanes.count <= 40 ? 18 : 13
    let (size, style) = height < 16 ? (10.0, "small") : (12, "label")
    let letters = rows.lanes.map { PictureText.width(name(of: $0)[0], size: size) }
    let indent = max(18, letters.max() ?? 0) + 8
    for lane in rows.lanes {
      let (letter, name) = (name(of: lane)[0], name(of: lane)[1])
      let middle = y + height / 2
      svg.text(letter, x: Self.margin, y: middle + size / 3, style + " letter")
      svg.text(
        PictureText.fitted(name, width: Self.left - Self.margin - indent - 10, size: size),
        x: Self.margin + indent, y: middle + size / 3, style,
        title: lane.actors.prefix(8).map { rows.label($0.id) }.joined(separator: ", "))
      drawGround(y + 1, height - 2)
      for piece in lane.pieces {
        let part = (height - 8) * piece.style.share
        styles.insert(piece.style)
        draw(piece, piece.style.name, y: middle - part / 2, height: part)
      }
      for actor in lane.actors { middles[actor.id] = middle }
      y += height
    }
    drawRest(rows.left.lanes, "lanes")
  }

  /// The letter and the name of a lane; of several actors what their names have in common.
  private func name(of lane: PictureRows.Lane) -> [String] {
    guard let first = lane.actors.first else { return ["", ""] }
    let letter = first.id.letter
    guard lane.actors.count > 1 else { return [letter, state.name(of: first.id)] }
    let isOne = lane.actors.allSatisfy { $0.name == first.name }
    return [
      "\(lane.actors.count)×", isOne ? first.name : ActorLanes.stem(first.name),
    ]
  }

  private mutating func drawGround(_ y: Double, _ height: Double) {
    svg.element(
      "rect",
      [
        ("class", "ground"), ("x", SVGWriter.number(Self.left)), ("y", SVGWriter.number(y)),
        ("width", SVGWriter.number(Self.laneWidth)), ("height", SVGWriter.number(height)),
      ])
  }

  private mutating func draw(
    _ piece: PictureRows.Piece, _ style: String, y: Double, height: Double
  ) {
    let x = axis.x(piece.start)
    // What is short is seen all the same.
    let width = max(1, axis.x(piece.end) - x)
    svg.element(
      "rect",
      [
        ("class", style), ("x", SVGWriter.number(x)), ("y", SVGWriter.number(y)),
        ("width", SVGWriter.number(width)), ("height", SVGWriter.number(height)),
      ], title: piece.title)
  }

  private mutating func drawLocks() {
    guard !rows.locks.isEmpty else { return }
    drawHead("who holds it")
    for lock in rows.locks {
      drawLabel(lock.name, height: 22)
      drawGround(y + 1, 20)
      var isOther = false
      var last = ""
      for piece in lock.pieces {
        // Neighbours differ, so that it is seen where one hands it to the other.
        if piece.letter != last { isOther.toggle() }
        last = piece.letter
        styles.insert(.holding)
        draw(piece, isOther ? "holding" : "other", y: y + 4, height: 14)
        let room = axis.x(piece.end) - axis.x(piece.start)
        if PictureText.width(piece.letter, size: 10) + 3 <= room {
          svg.text(
            piece.letter, x: axis.x(piece.start) + room / 2, y: y + 14.5, "held", anchor: "middle")
        }
      }
      y += 22
    }
    drawRest(rows.left.locks, "locks")
  }

  private mutating func drawLabel(_ text: String, height: Double) {
    svg.text(
      PictureText.fitted(text, width: Self.left - Self.margin - 10, size: 12), x: Self.margin,
      y: y + height / 2 + 4, "label", title: text)
  }

  private mutating func drawStrips() {
    guard !rows.strips.isEmpty else { return }
    drawHead("how much over time")
    for strip in rows.strips {
      drawLabel(strip.name, height: 32)
      drawGround(y + 1, 30)
      svg.element(
        "path", [("class", "strip"), ("d", path(strip, bottom: y + 30, height: 25))],
        title: "\(strip.name), \(strip.note)")
      svg.text(
        PictureText.fitted(strip.note, width: Self.width - Self.noteLeft - 4, size: 11),
        x: Self.noteLeft, y: y + 20, "note")
      y += 32
    }
    drawRest(rows.left.strips, "strips")
  }

  private func path(_ strip: PictureRows.Strip, bottom: Double, height: Double) -> String {
    let scale = height / Double(max(1, strip.peak))
    let column = Self.laneWidth / Double(max(1, strip.values.count))
    var path = ""
    var last: Int?
    for (index, value) in strip.values.enumerated() where value != last || index == 0 {
      let x = SVGWriter.number(Self.left + Double(index) * column)
      let level = SVGWriter.number(bottom - Double(max(0, value ?? 0)) * scale)
      path += path.isEmpty ? "M\(x) \(SVGWriter.number(bottom))V\(level)" : "H\(x)V\(level)"
      last = value
    }
    let end = SVGWriter.number(Self.left + Self.laneWidth)
    return path + "H\(end)V\(SVGWriter.number(bottom))Z"
  }

  // MARK: marks

  private mutating func drawMarks(to bottom: Double) {
    var last = -100.0
    for (index, finding) in fold.findings.prefix(Self.mostFindings).enumerated() {
      let x = axis.x(finding.time)
      // Flags that would lie on one another stand side by side.
      let flag = max(x, last + 17)
      last = flag
      let place = SVGWriter.number(x)
      svg.element(
        "line",
        [
          ("class", "finding"), ("x1", place), ("x2", place), ("y1", SVGWriter.number(top + 8)),
          ("y2", SVGWriter.number(bottom)),
        ])
      svg.element(
        "circle",
        [
          ("class", "mark"), ("cx", SVGWriter.number(flag)), ("cy", SVGWriter.number(top + 9)),
          ("r", "8"),
        ], title: finding.description)
      svg.text("\(index + 1)", x: flag, y: top + 12.5, "flag", anchor: "middle")
    }
    for raise in fold.raises.prefix(Self.mostExceptions) {
      guard let middle = middles[raise.actor] else { continue }
      drawCross(
        x: axis.x(raise.time), y: middle,
        title: "\(rows.label(raise.actor)) raises \(raise.text), "
          + PictureRows.moment(raise.time))
    }
  }

  private mutating func drawCross(x: Double, y: Double, title: String?) {
    let path =
      "M\(SVGWriter.number(x - 4)) \(SVGWriter.number(y - 4))l8 8m0 -8l-8 8"
    svg.element("path", [("class", "halo"), ("d", path)])
    svg.element("path", [("class", "exception"), ("d", path)], title: title)
  }

  // MARK: below the lanes

  /// What the events prove, and what the run has shown.
  private mutating func drawSentences() {
    for (index, finding) in fold.findings.prefix(Self.mostFindings).enumerated() {
      y += 6
      svg.element(
        "circle",
        [
          ("class", "mark"), ("cx", SVGWriter.number(Self.margin + 8)),
          ("cy", SVGWriter.number(y + 8)), ("r", "8"),
        ])
      svg.text("\(index + 1)", x: Self.margin + 8, y: y + 11.5, "flag", anchor: "middle")
      drawWrapped(Narrator.closed(finding.description), indent: 24)
    }
    let more = fold.findings.count - Self.mostFindings
    if more > 0 { drawRest(more, "findings") }
    if let shown = fold.shown {
      y += 6
      drawWrapped(Narrator.closed(Narrator.capitalized(shown)), indent: 0)
    }
  }

  private mutating func drawWrapped(_ text: String, indent: Double) {
    for line in PictureText.wrapped(
      text, width: Self.textWidth - indent, size: 12, lines: 3)
    {
      y += 12
      svg.text(line, x: Self.margin + indent, y: y, "label")
      y += 4
    }
  }

  /// What the forms mean, of those that occur.
  private mutating func drawLegend() {
    y += 14
    var x = Self.margin
    func width(_ words: String) -> Double { 26 + PictureText.width(words, size: 11) + 18 }
    var entries: [(words: String, style: LaneStyle?)] = LaneStyle.allCases.reversed()
      .filter(styles.contains).map { ($0.words, $0) }
    if !fold.raises.isEmpty { entries.append(("an exception is raised", nil)) }
    for (words, style) in entries {
      if x + width(words) > Self.width - Self.margin + 18, x > Self.margin {
        x = Self.margin
        y += 18
      }
      if let style {
        let height = 12 * style.share
        svg.element(
          "rect",
          [
            ("class", style.name), ("x", SVGWriter.number(x)),
            ("y", SVGWriter.number(y + 6 - height / 2)), ("width", "20"),
            ("height", SVGWriter.number(height)),
          ])
      } else {
        drawCross(x: x + 10, y: y + 6, title: nil)
      }
      svg.text(words, x: x + 26, y: y + 10, "note")
      x += width(words)
    }
    if !entries.isEmpty { y += 22 }
  }

  private var facts: String {
    let cores = state.cores == 1 ? "1 core" : "\(state.cores) cores"
    let outcome: String
    switch state.phase {
    case .finished(let ending): outcome = ending.word
    case .notStarted, .running, .paused: outcome = "the run's end is missing"
    }
    let lost = state.lost == 1 ? "1 event" : "\(ValueText.grouped(state.lost)) events"
    return "\(cores), \(outcome), "
      + (state.lost == 0 ? "no event lost" : "\(lost) could not be kept")
  }

  private mutating func drawFooter() {
    y += 12
    let version = state.version.isEmpty ? "" : " \(state.version)"
    if let grain = rows.grain {
      svg.text(
        "each mark shows the most telling thing of "
          + "\(ValueText.duration(Int64(clamping: grain)))", x: Self.margin, y: y, "note")
      y += 16
    }
    svg.text("made with lockstep\(version) · \(facts)", x: Self.margin, y: y, "note")
  }
}

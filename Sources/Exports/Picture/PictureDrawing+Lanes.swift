import Events
import History
import Trace

/// The rows: lanes of actors, holders of locks, and strips.
extension PictureDrawing {
  mutating func drawLanes() {
    guard !rows.lanes.isEmpty else { return }
    drawHead(rows.actorTypes)
    // Many lanes are lower, so that they fit on a screen.
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

  /// The letter and the name of a lane; for several actors their number and common name.
  func name(of lane: PictureRows.Lane) -> [String] {
    guard let first = lane.actors.first else { return ["", ""] }
    let letter = first.letter
    guard lane.actors.count > 1 else { return [letter, state.name(of: first.id)] }
    let isOne = lane.actors.allSatisfy { $0.name == first.name }
    return [
      "\(lane.actors.count)×", isOne ? first.name : ActorLanes.stem(first.name),
    ]
  }

  mutating func drawGround(_ y: Double, _ height: Double) {
    svg.element(
      "rect",
      [
        ("class", "ground"), ("x", SVGWriter.number(Self.left)), ("y", SVGWriter.number(y)),
        ("width", SVGWriter.number(Self.laneWidth)), ("height", SVGWriter.number(height)),
      ])
  }

  mutating func draw(
    _ piece: PictureRows.Piece, _ style: String, y: Double, height: Double
  ) {
    let x = axis.x(piece.start)
    // A short piece stays visible.
    let width = max(1, axis.x(piece.end) - x)
    svg.element(
      "rect",
      [
        ("class", style), ("x", SVGWriter.number(x)), ("y", SVGWriter.number(y)),
        ("width", SVGWriter.number(width)), ("height", SVGWriter.number(height)),
      ], title: piece.title)
  }

  mutating func drawLocks() {
    guard !rows.locks.isEmpty else { return }
    drawHead("who holds it")
    for lock in rows.locks {
      drawLabel(lock.name, height: 22)
      drawGround(y + 1, 20)
      var isOther = false
      var last = ""
      for piece in lock.pieces {
        // The color alternates, so that a hand-over is visible.
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

  mutating func drawLabel(_ text: String, height: Double) {
    svg.text(
      PictureText.fitted(text, width: Self.left - Self.margin - 10, size: 12), x: Self.margin,
      y: y + height / 2 + 4, "label", title: text)
  }

  mutating func drawStrips() {
    guard !rows.strips.isEmpty else { return }
    drawHead("amounts over time")
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

  func path(_ strip: PictureRows.Strip, bottom: Double, height: Double) -> String {
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
}

import Events
import Trace

/// The marks in the lanes, and the sentences below them.
extension PictureDrawing {
  mutating func drawMarks(to bottom: Double) {
    let findings = fold.findings.prefix(Self.maxFindings)
    for finding in findings {
      let x = SVGWriter.number(axis.x(finding.time))
      svg.element(
        "line",
        [
          ("class", "finding"), ("x1", x), ("x2", x), ("y1", SVGWriter.number(top + 8)),
          ("y2", SVGWriter.number(bottom)),
        ])
    }
    var last = -100.0
    for (index, finding) in findings.enumerated() {
      // Flags that would overlap are moved apart.
      last = max(axis.x(finding.time), last + 17)
      drawFlag(index + 1, x: last, y: top + 9, title: finding.description)
    }
    for raise in fold.raises.prefix(Self.maxExceptions) {
      guard let middle = middles[raise.actor] else { continue }
      drawCross(
        x: axis.x(raise.time), y: middle,
        title: "\(rows.label(raise.actor)) raises \(raise.text), "
          + PictureRows.moment(raise.time))
    }
  }

  mutating func drawFlag(_ number: Int, x: Double, y: Double, title: String? = nil) {
    svg.element(
      "circle",
      [
        ("class", "mark"), ("cx", SVGWriter.number(x)), ("cy", SVGWriter.number(y)), ("r", "8"),
      ], title: title)
    svg.text("\(number)", x: x, y: y + 3.5, "flag", anchor: "middle")
  }

  mutating func drawCross(x: Double, y: Double, title: String?) {
    let path =
      "M\(SVGWriter.number(x - 4)) \(SVGWriter.number(y - 4))l8 8m0 -8l-8 8"
    svg.element("path", [("class", "halo"), ("d", path)])
    svg.element("path", [("class", "exception"), ("d", path)], title: title)
  }

  /// Draws the findings and the run's conclusion.
  mutating func drawSentences() {
    for (index, finding) in fold.findings.prefix(Self.maxFindings).enumerated() {
      y += 6
      drawFlag(index + 1, x: Self.margin + 8, y: y + 8)
      drawWrapped(Narrator.closed(finding.description), indent: 24)
    }
    let more = fold.findings.count - Self.maxFindings
    if more > 0 { drawRest(more, "findings") }
    if let shown = fold.shown {
      y += 6
      drawWrapped(Narrator.closed(Narrator.capitalized(shown.sentence)), indent: 0)
    }
  }

  mutating func drawWrapped(_ text: String, indent: Double) {
    for line in PictureText.wrapped(
      text, width: Self.textWidth - indent, size: 12, lines: 3)
    {
      y += 12
      svg.text(line, x: Self.margin + indent, y: y, "label")
      y += 4
    }
  }

  /// Explains the styles that occur.
  mutating func drawLegend() {
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

  var facts: String {
    let cores = state.cores == 1 ? "1 core" : "\(state.cores) cores"
    let outcome: String
    switch state.phase {
    case .finished(let ending): outcome = ending.word
    case .notStarted, .running, .paused: outcome = "the run's end is missing"
    }
    let lost =
      switch state.lost {
      case 0: "no event lost"
      case 1: "1 event lost"
      default: "\(ValueText.grouped(state.lost)) events lost"
      }
    return "\(cores), \(outcome), \(lost)"
  }

  mutating func drawFooter() {
    y += 12
    let version = state.version.isEmpty ? "" : " \(state.version)"
    if let grain = rows.grain {
      svg.text(
        "each mark shows the most important activity in "
          + "\(ValueText.duration(Int64(clamping: grain)))", x: Self.margin, y: y, "note")
      y += 16
    }
    svg.text("made with lockstep\(version) · \(facts)", x: Self.margin, y: y, "note")
  }
}

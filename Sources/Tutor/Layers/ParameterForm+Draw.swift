internal import Catalog
internal import Screen

extension ParameterForm {
  /// The number of rows that the form needs inside its border.
  package func rows(width: Int) -> Int { fields.count + 1 + foot(width: width).count }

  /// Draws the fields, and below them an explanation of the selected field or of a problem. Returns
  /// the position of the cursor.
  func draw(into frame: inout Frame, in rect: Rect) -> Point? {
    let labelWidth = fields.map { $0.parameter.name.count }.max() ?? 0
    let valueWidth = min(24, max(8, rect.width / 4))
    let foot = foot(width: rect.width)
    let parts = rect.split(bottom: min(rect.height - 1, foot.count))
    var scroll = ScrollView(contentHeight: fields.count, height: max(1, parts.rest.height - 1))
    scroll.reveal(selection)
    var place: Point?
    for (line, index) in scroll.visible.enumerated() {
      let field = fields[index]
      let isSelected = index == selection
      var value = field.text
      if isSelected, isChoice {
        value = frame.glyphs.isASCII ? "< \(value) >" : "‹ \(value) ›"
      }
      let row = FormField(
        label: field.parameter.name, value: value, cursor: isSelected ? field.field.cursor : nil,
        note: StyledText(field.parameter.kind.rangeText, .muted))
      let point = row.draw(
        into: &frame, in: parts.rest.row(line), labelWidth: labelWidth, valueWidth: valueWidth)
      if isSelected, !isChoice { place = point }
    }
    for (line, text) in foot.prefix(parts.bottom.height).enumerated() {
      frame.put(text, at: parts.bottom.row(line).origin, in: parts.bottom)
    }
    return place
  }

  /// The problem, or else the explanation of the selected parameter.
  private func foot(width: Int) -> [StyledText] {
    if let complaint {
      let name = complaint.field.map { fields[$0].parameter.name + "  " } ?? ""
      let text = StyledText(name, .strong) + StyledText(complaint.text, .failure)
      return text.wrapped(to: width)
    }
    guard let parameter = selected?.parameter else { return [] }
    let text =
      StyledText(parameter.name, .strong)
      + StyledText("  \(parameter.summary); default \(parameter.defaultValue)", .muted)
    return text.wrapped(to: width)
  }
}

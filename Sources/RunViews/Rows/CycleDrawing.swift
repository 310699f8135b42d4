internal import Screen
internal import Trace

/// A drawing of a cycle of waits: one actor and its own lock as a loop, two actors and two locks as
/// a square of arrows, any other cycle as a list.
enum CycleDrawing {
  /// - Parameter width: the available columns. If the square does not fit, the list is drawn.
  static func rows(
    _ cycle: [Finding.Link], state: RunState, width: Int, glyphs: Glyphs
  ) -> [StyledText] {
    // The actor with the lowest number comes first, whichever wait closed the cycle.
    let first = cycle.indices.min { cycle[$0].actor < cycle[$1].actor } ?? 0
    let cycle = Array(cycle[first...] + cycle[..<first])
    return loop(cycle, state, width, glyphs) ?? square(cycle, state, width, glyphs)
      ?? list(cycle, state, glyphs)
  }

  /// Returns an arrow from the actor to the lock, and one back.
  private static func loop(
    _ cycle: [Finding.Link], _ state: RunState, _ width: Int, _ glyphs: Glyphs
  ) -> [StyledText]? {
    guard cycle.count == 1, let object = cycle[0].object else { return nil }
    let actor = ActorText.label(cycle[0].actor, in: state)
    let lock = StyledText(ValueText.abbreviated(state.name(of: object)), .strong)
    let line = String(repeating: glyphs.horizontal, count: 4)
    let (up, after) = glyphs.isASCII ? ("^", ">") : ("▲", "▶")
    let there =
      StyledText(" \(line)", .muted) + StyledText(" waits for ")
      + StyledText("\(line.dropLast())\(after) ", .muted)
    let whole = actor + there + lock
    guard whole.columns <= width else { return nil }
    let left = actor.columns / 2
    let right = actor.columns + there.columns + lock.columns / 2
    func row(_ first: String, _ middle: StyledText, _ last: String) -> StyledText {
      StyledText(String(repeating: " ", count: left)) + StyledText(first, .muted) + middle
        + StyledText(last, .muted)
    }
    let held = " held by "
    let lines = right - left - 1 - held.count
    let before = String(repeating: glyphs.horizontal, count: lines / 2)
    let behind = String(repeating: glyphs.horizontal, count: lines - lines / 2)
    let gap = StyledText(String(repeating: " ", count: right - left - 1))
    return [
      whole, row(up, gap, glyphs.vertical),
      row(
        glyphs.bottomLeft,
        StyledText(before, .muted) + StyledText(held) + StyledText(behind, .muted),
        glyphs.bottomRight),
    ]
  }

  /// Returns a square with the actors at the top left and bottom right, and the locks at the other
  /// corners.
  private static func square(
    _ cycle: [Finding.Link], _ state: RunState, _ width: Int, _ glyphs: Glyphs
  ) -> [StyledText]? {
    guard cycle.count == 2, let wanted = cycle[0].object, let held = cycle[1].object else {
      return nil
    }
    let first = ActorText.label(cycle[0].actor, in: state)
    let second = ActorText.label(cycle[1].actor, in: state)
    let right = StyledText(ValueText.abbreviated(state.name(of: wanted)), .strong)
    let left = StyledText(ValueText.abbreviated(state.name(of: held)), .strong)
    let leftColumns = max(first.columns, left.columns, 7)
    let rightColumns = max(second.columns, right.columns, 7)
    let arrow = " waits for "
    let middle = arrow.count + 10
    guard leftColumns + middle + rightColumns <= width else { return nil }
    let line = glyphs.horizontal
    let lines = String(repeating: line, count: 4)
    let (up, down, before, after) =
      glyphs.isASCII ? ("^", "v", "<", ">") : ("▲", "▼", "◀", "▶")
    // One space separates a corner's text from the arrow, lines fill the rest.
    func row(_ leftText: StyledText, _ rightText: StyledText, pointsRight: Bool) -> StyledText {
      let open = leftColumns - leftText.columns
      let leftPad = open / 2
      let rightOpen = rightColumns - rightText.columns
      let rightPad = rightOpen / 2
      let beforeLine = String(repeating: line, count: open - leftPad)
      let afterLine = String(repeating: line, count: rightPad)
      var text = StyledText(String(repeating: " ", count: leftPad)) + leftText
      let head =
        pointsRight ? lines + beforeLine : before + String((lines + beforeLine).dropFirst())
      let tail = lines + afterLine
      text.append(" " + head, .muted)
      text.append(arrow, .text)
      text.append((pointsRight ? String(tail.dropFirst()) + after : tail) + " ", .muted)
      return text + rightText
    }
    func sides(_ leftText: String, _ rightText: String, _ style: Style) -> StyledText {
      let center = (leftColumns / 2, leftColumns + middle + rightColumns / 2)
      let leftPad = max(0, center.0 - leftText.count / 2)
      let rightStart = center.1 - rightText.count / 2
      let gap = max(1, rightStart - leftPad - leftText.count)
      return StyledText(
        String(repeating: " ", count: leftPad) + leftText + String(repeating: " ", count: gap)
          + rightText, style)
    }
    let bar = glyphs.vertical
    return [
      row(first, right, pointsRight: true),
      sides(up, bar, .muted),
      sides("holds", "held by", .text),
      sides(bar, down, .muted),
      row(left, second, pointsRight: false),
    ]
  }

  private static func list(
    _ cycle: [Finding.Link], _ state: RunState, _ glyphs: Glyphs
  ) -> [StyledText] {
    let arrow = StyledText(" \(glyphs.arrow) ", .muted)
    let names = cycle.map { ActorText.label($0.actor, in: state) }
    let columns = names.map(\.columns).max() ?? 0
    return zip(cycle, names).map { link, name in
      var text = name.padded(to: columns, glyphs: glyphs) + StyledText("  waits for", .text) + arrow
      if let object = link.object {
        text.append(ValueText.abbreviated(state.name(of: object)), .strong)
        text += StyledText("  held by", .text) + arrow + ActorText.label(link.holder, in: state)
      } else {
        text += ActorText.label(link.holder, in: state) + StyledText(" to end")
      }
      return text
    }
  }
}

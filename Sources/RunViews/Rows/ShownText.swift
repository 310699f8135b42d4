internal import Catalog
internal import Events
package import Screen
internal import Trace

/// The conclusion that a run has shown, with its table, at the top of the pane.
package enum ShownText {
  /// Returns no rows before the run has a conclusion.
  /// - Parameter hasTable: whether the table is included.
  package static func rows(
    _ session: RunSession?, hasTable: Bool = true, width: Int, glyphs: Glyphs
  ) -> [StyledText] {
    guard let session, let shown = session.shown, width > 4 else { return [] }
    let bar = StyledText(glyphs.quoteBar + " ", .success)
    let names = ActorNames(session.state)
    let staged = session.request.staged.map { StyledText($0, .muted) }
    let rows =
      names.text(shown.sentence, .strong).wrapped(to: width - 2)
      + (staged?.wrapped(to: width - 2) ?? [])
      + (hasTable ? table(shown.table, names, width: width - 2, glyphs: glyphs) : [])
    return rows.map { bar + $0 }
  }

  /// Returns the rows of a table. If they are too wide, the last columns are left out, but not the
  /// second. A table of two columns wraps instead.
  private static func table(
    _ rows: [String], _ names: ActorNames, width: Int, glyphs: Glyphs
  ) -> [StyledText] {
    // A letter before a name would move the columns.
    func named(_ row: some StringProtocol) -> StyledText {
      names.text(String(row), hasLetters: false)
    }
    let longest = rows.map(\.count).max() ?? 0
    guard longest > width else { return rows.map { named($0) } }
    let signs = rows.map(Array.init)
    // A column ends where each row has the gap of two spaces, or has ended.
    let ends = (1..<longest).filter { end in
      signs.allSatisfy { row in (end..<end + 2).allSatisfy { $0 >= row.count || row[$0] == " " } }
        && signs.contains { $0.count > end && $0[end - 1] != " " }
    }
    guard let end = ends.dropFirst().last(where: { $0 + 1 + glyphs.ellipsis.count <= width }) else {
      return rows.flatMap { named($0).wrapped(to: width, hangingIndent: 2) }
    }
    return rows.enumerated().map { index, row in
      named(row.prefix(end))
        + StyledText(index == 0 ? " " + glyphs.ellipsis : "", .muted)
    }
  }
}

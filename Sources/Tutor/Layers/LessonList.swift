internal import LessonKit
internal import Screen

/// The layer that lists the lessons.
package struct LessonList: Sendable {
  /// The selected lesson, by index.
  package var selection: Int

  func rows(_ model: Model, width: Int) -> [StyledText] {
    let lessons = model.course.lessons
    let numbers = lessons.map { $0.number.map(String.init) ?? "" }
    let numberColumns = numbers.map(\.count).max() ?? 0
    let dotColumns = min(lessons.map(\.steps.count).max() ?? 0, 16)
    let noteColumns = 13
    let titles = lessons.map { Self.title($0, hasFile: model.index.hasSeveralFiles) }
    let longest = titles.map(\.columns).max() ?? 0
    // Dots and notes are left out if they leave a title too little room.
    let room = width - numberColumns - 2
    let showsDots = room - dotColumns - 2 >= min(longest, 30)
    let rest = showsDots ? room - dotColumns - 2 : room
    let showsNotes = rest - noteColumns - 2 >= min(longest, 30)
    let titleColumns = max(8, min(longest, showsNotes ? rest - noteColumns - 2 : rest))
    return lessons.indices.map { index in
      let seen = model.seenCount(lesson: index)
      var row = StyledText(numbers[index], .muted).leftPadded(to: numberColumns)
      row.append("  ")
      row += titles[index].padded(to: titleColumns, glyphs: model.glyphs)
      if showsDots {
        row.append("  ")
        row += dots(model, index).padded(to: dotColumns, glyphs: model.glyphs)
      }
      if showsNotes { row.append("  " + note(model, index, seen: seen), .muted) }
      return row
    }
  }

  /// The title, with the document's name if there are several.
  private static func title(_ lesson: Lesson, hasFile: Bool) -> StyledText {
    guard hasFile else { return StyledText(lesson.title) }
    return StyledText(lesson.title) + StyledText("  \(lesson.fileName)", .muted)
  }

  private func dots(_ model: Model, _ lesson: Int) -> StyledText {
    var text = StyledText()
    for step in 0..<min(16, model.course.lessons[lesson].steps.count) {
      let isSeen = model.isSeen(StepPlace(lesson: lesson, step: step))
      text.append(isSeen ? model.glyphs.done : model.glyphs.undone, isSeen ? .success : .muted)
    }
    return text
  }

  private func note(_ model: Model, _ lesson: Int, seen: Int) -> String {
    let steps = model.course.lessons[lesson].steps.count
    if lesson == model.place.lesson { return "you are here" }
    if seen == steps { return "all seen" }
    return seen == 0 ? (steps == 1 ? "1 step" : "\(steps) steps") : "\(seen) of \(steps) seen"
  }

  /// Whether the list has an empty line above it and a hint below it.
  static func isAiry(_ room: Rect, rows: Int) -> Bool { room.height > rows + 3 }

  /// The lesson on a row of the layer's inside.
  func lesson(at row: Int, in room: Rect, of count: Int) -> Int? {
    let top = Self.isAiry(room, rows: count) ? 1 : 0
    let height = Self.isAiry(room, rows: count) ? room.height - 3 : room.height
    var scroll = ScrollView(contentHeight: count, height: height)
    scroll.reveal(selection)
    let lesson = scroll.offset + row - top
    return row >= top && scroll.visible.contains(lesson) ? lesson : nil
  }

  /// The text under the list about what Enter opens.
  func hint(_ model: Model) -> StyledText? {
    guard let target = target(model) else { return nil }
    let lesson = model.course.lessons[target.lesson]
    let name = lesson.number.map { "lesson \($0)" } ?? lesson.title
    let verb = target == model.place ? "continues" : "opens"
    return StyledText("enter", .key)
      + StyledText("  \(verb) \(name), step \(target.step + 1)", .muted)
  }

  /// The step that Enter opens: the open step in its own lesson, else the first unvisited step.
  func target(_ model: Model) -> StepPlace? {
    guard model.course.lessons.indices.contains(selection) else { return nil }
    if selection == model.place.lesson { return model.place }
    let steps = model.course.lessons[selection].steps.indices
    let unseen = steps.first { !model.isSeen(StepPlace(lesson: selection, step: $0)) }
    return StepPlace(lesson: selection, step: unseen ?? 0)
  }
}

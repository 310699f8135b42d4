internal import LessonKit
internal import Screen

/// The lessons and steps as rows of a table of contents.
struct ContentsRows {
  struct Entry: Sendable, Equatable {
    /// The step that the row opens.
    var place: StepPlace
    /// Whether the row names a lesson instead of a step.
    var isLesson: Bool
  }

  var entries: [Entry] { model.index.contents }
  private let model: Model
  private let numberColumns: Int

  init(_ model: Model) {
    self.model = model
    let lessons = model.course.lessons
    numberColumns = lessons.compactMap { $0.number.map { String($0).count } }.max() ?? 0
  }

  /// The row of the open step.
  var current: Int {
    entries.lastIndex { $0.place == model.place } ?? 0
  }

  func title(_ entry: Entry) -> String {
    let lesson = model.course.lessons[entry.place.lesson]
    return entry.isLesson ? lesson.title : lesson.steps[entry.place.step].title
  }

  /// The text before the title: the lesson's number, or the sign of a visited step.
  func lead(_ entry: Entry) -> StyledText {
    guard !entry.isLesson else {
      let number = model.course.lessons[entry.place.lesson].number.map(String.init) ?? ""
      return StyledText(number, .strong).leftPadded(to: numberColumns)
    }
    let isSeen = model.isSeen(entry.place)
    return StyledText(
      isSeen ? model.glyphs.done : model.glyphs.undone, isSeen ? .success : .muted
    ).leftPadded(to: max(1, numberColumns))
  }

  /// The document of a lesson, if there are several.
  func file(_ entry: Entry) -> String? {
    guard entry.isLesson, model.index.hasSeveralFiles else { return nil }
    return model.course.lessons[entry.place.lesson].fileName
  }

  func rows(_ range: Range<Int>, width: Int) -> [PaneContent.Row] {
    entries[range.clamped(to: 0..<entries.count)].map { entry in
      let isHere = entry.place == model.place && !entry.isLesson
      var row = StyledText(isHere ? model.glyphs.cursor + " " : "  ", .key)
      if !entry.isLesson { row.append("  ") }
      row += lead(entry)
      if row.columns > 2 { row.append("  ") }
      row.append(title(entry), isHere || entry.isLesson ? .strong : .text)
      if let file = file(entry) {
        let note = StyledText("  \(file)", .muted)
        if row.columns + note.columns <= width { row += note }
      }
      return PaneContent.Row(text: row.truncated(to: width, glyphs: model.glyphs))
    }
  }
}

extension Lesson {
  /// The file name of the document, without folders.
  package var fileName: String { file.split(separator: "/").last.map(String.init) ?? file }
}

import Catalog
import Glibc
public import JSON
public import LessonKit
import Screen

/// The report of `lockstep progress`.
public struct ProgressReport {
  let course: Course
  let file: ProgressFile
  /// The name of the only document to report, or nil for all.
  var only: String?

  public init(course: Course, file: ProgressFile, only: String? = nil) {
    self.course = course
    self.file = file
    self.only = only
  }

  private var progress: DocumentProgress {
    file.documents[ProgressFile.builtIn]?.progress ?? DocumentProgress()
  }

  /// How many of all steps are done.
  private struct Share {
    var done = 0
    var all = 0

    var text: String { all == 0 ? "–" : "\(done) of \(all)" }
  }

  private func seen(_ lesson: Lesson) -> Share {
    Share(
      done: lesson.steps.indices.count { progress.seen.contains(lesson.key(ofStep: $0)) },
      all: lesson.steps.count)
  }

  private func ran(_ lesson: Lesson) -> Share {
    let runnable = lesson.steps.indices.filter { lesson.steps[$0].run != nil }
    return Share(
      done: runnable.count { progress.ran.contains(lesson.key(ofStep: $0)) }, all: runnable.count)
  }

  /// The learner's place, as indices from 0.
  private var place: (lesson: Int, step: Int)? {
    progress.place.flatMap { course.place(of: $0) }
  }

  /// The documents beside the built-in lessons, newest first.
  private var opened: [(path: String, document: ProgressFile.Document)] {
    file.documents.filter { $0.key != ProgressFile.builtIn && (only == nil || only == $0.key) }
      .sorted { ($1.value.changed, $0.key) < ($0.value.changed, $1.key) }
      .map { (path: $0.key, document: $0.value) }
  }

  // MARK: for a person

  public var lines: [String] {
    let header = ["Lessons", "seen", "run", ""]
    let lessons = course.lessons.enumerated().map { index, lesson in
      [
        "  \(lesson.number.map { "\($0)" } ?? " ")  \(lesson.title)", seen(lesson).text,
        ran(lesson).text, place?.lesson == index ? "you are here: \(here)" : "",
      ]
    }
    let documents = opened.map { entry in
      [
        "  " + ProgressFile.parts(of: entry.path).listed, "\(entry.document.progress.seen.count)",
        "\(entry.document.progress.ran.count)",
        Self.isThere(entry.path) ? String(entry.document.changed.prefix(10)) : "gone",
      ]
    }
    let ownTable = Self.aligned([header] + lessons + [total])
    let table = Self.aligned([["Documents", "seen", "run", "last"]] + documents)
    if let only { return only == ProgressFile.builtIn ? ownTable : table }
    return ownTable + (documents.isEmpty ? [] : [""] + table)
  }

  private var here: String {
    guard let place else { return "" }
    let step = course.lessons[place.lesson].steps[place.step]
    return "step \(step.number), \(step.title)"
  }

  private var total: [String] {
    var (seen, ran) = (Share(), Share())
    for lesson in course.lessons {
      let (one, other) = (self.seen(lesson), self.ran(lesson))
      seen = Share(done: seen.done + one.done, all: seen.all + one.all)
      ran = Share(done: ran.done + other.done, all: ran.all + other.all)
    }
    return ["  total", seen.text, ran.text, ""]
  }

  /// Whether all documents with a path still exist.
  private static func isThere(_ name: String) -> Bool {
    ProgressFile.parts(of: name).allSatisfy { !$0.hasPrefix("/") || access($0, F_OK) == 0 }
  }

  /// The rows as aligned columns. The first is aligned left, the counts right.
  private static func aligned(_ rows: [[String]]) -> [String] {
    let rows = rows.map { $0.map { Sanitizer.displaySafe($0, newlines: .visible) } }
    let widths = (0..<3).map { column in rows.map { TextWidth.columns(of: $0[column]) }.max() ?? 0 }
    return rows.map { row in
      let cells = (0..<3).map { column in
        let gap = String(repeating: " ", count: widths[column] - TextWidth.columns(of: row[column]))
        return column == 0 ? row[column] + gap : gap + row[column]
      }
      let line = (cells + [row[3]]).joined(separator: "   ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  // MARK: for a script

  public var json: JSONValue {
    .object([
      ("lessons", .array(course.lessons.map(json))),
      (
        "place",
        place.map { place in
          .object([
            ("lesson", .string(course.lessons[place.lesson].id)), ("step", .number(place.step + 1)),
          ])
        } ?? .null
      ),
      (
        "documents",
        .array(
          opened.map { entry in
            .object([
              ("path", .string(entry.path)), ("seen", .number(entry.document.progress.seen.count)),
              ("run", .number(entry.document.progress.ran.count)),
              ("changed", .string(entry.document.changed)),
              ("missing", .bool(!Self.isThere(entry.path))),
            ])
          })
      ),
    ])
  }

  private func json(_ lesson: Lesson) -> JSONValue {
    .object([
      ("number", lesson.number.map { .number($0) } ?? .null), ("id", .string(lesson.id)),
      ("title", .string(lesson.title)), ("seen", .number(seen(lesson).done)),
      ("run", .number(ran(lesson).done)), ("runnable", .number(ran(lesson).all)),
      (
        "steps",
        .array(
          lesson.steps.indices.map { index in
            let (step, key) = (lesson.steps[index], lesson.key(ofStep: index))
            return .object([
              ("number", .number(step.number)), ("title", .string(step.title)),
              ("seen", .bool(progress.seen.contains(key))),
              ("run", .bool(progress.ran.contains(key))),
            ])
          })
      ),
    ])
  }
}

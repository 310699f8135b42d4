import ArgumentParser
import CPlatform
import Catalog
import Documents
import JSON
import LessonKit
import Lessons
import Shell

/// `lockstep list`: lists the lessons and the demos.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the lessons, their steps, and the demos.")

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    let catalog = DemoCatalog(cores: Int(lks_available_cores()))
    let course = try BuiltInCourse.load(catalog)
    if json {
      try OutputFile.print(Self.json(course, catalog).text + "\n")
    } else {
      try OutputFile.print(shown: Self.text(course, catalog) + "\n")
    }
  }

  private static func text(_ course: Course, _ catalog: DemoCatalog) -> String {
    var lines = ["Lessons"]
    for lesson in course.lessons {
      lines.append("  \(lesson.number ?? 0)  \(lesson.title)")
      for step in lesson.steps {
        lines.append("       \(step.number)  \(step.title)")
      }
    }
    lines.append("")
    lines.append("Demos (lockstep run DEMO name=value …)")
    for demo in catalog.demos {
      lines.append("  \(demo.id)")
      lines.append("    \(demo.summary)")
      let width = demo.parameters.map { "\($0.name)=\($0.defaultValue)".count }.max() ?? 0
      for parameter in demo.parameters {
        let given = "\(parameter.name)=\(parameter.defaultValue)"
        let gap = String(repeating: " ", count: width - given.count)
        lines.append("      \(given)\(gap)  \(parameter.summary) (\(parameter.kind.rangeText))")
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func json(_ course: Course, _ catalog: DemoCatalog) -> JSONValue {
    .object([
      ("lessons", .array(course.lessons.map(json))),
      ("demos", .array(catalog.demos.map(json))),
    ])
  }

  private static func json(_ lesson: Lesson) -> JSONValue {
    .object([
      ("number", lesson.number.map { .number($0) } ?? .null),
      ("id", .string(lesson.id)),
      ("title", .string(lesson.title)),
      (
        "steps",
        .array(
          lesson.steps.map { step in
            .object([
              ("number", .number(step.number)),
              ("title", .string(step.title)),
              ("run", step.run.map(words) ?? .null),
              ("runs", .array(step.runs.compactMap(\.request).map(words))),
            ])
          })
      ),
    ])
  }

  private static func words(_ run: RunRequest) -> JSONValue {
    .string(run.words.joined(separator: " "))
  }

  private static func json(_ demo: Demo) -> JSONValue {
    .object([
      ("id", .string(demo.id)),
      ("title", .string(demo.title)),
      ("lessons", .array(demo.lessons.map { .number($0) })),
      ("hasDelays", .bool(demo.hasDelays)),
      (
        "parameters",
        .array(
          demo.parameters.map { parameter in
            .object([
              ("name", .string(parameter.name)),
              ("type", .string(parameter.kind.name)),
              ("default", .string("\(parameter.defaultValue)")),
              ("range", .string(parameter.kind.rangeText)),
            ])
          })
      ),
    ])
  }
}

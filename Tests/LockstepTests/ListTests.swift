import CPlatform
import Catalog
import Documents
import JSON
import LessonKit
import Lessons
import TestTerminal
import Testing

@Suite("lockstep list")
struct ListTests {
  @Test("lockstep list --json names every lesson, step, demo and parameter")
  func json() throws {
    let run = try Program("list", "--json")
    #expect(run.status == 0 && run.lines.count == 1)
    for demo in DemoCatalog(cores: 2).demos {
      #expect(run.standardOutput.contains("{\"id\":\"\(demo.id)\",\"title\":\"\(demo.title)\""))
      let lessons = demo.lessons.map(String.init).joined(separator: ",")
      #expect(
        run.standardOutput.contains(
          "\"title\":\"\(demo.title)\",\"lessons\":[\(lessons)],\"hasDelays\":\(demo.hasDelays)"))
      for parameter in demo.parameters {
        #expect(
          run.standardOutput.contains(
            "{\"name\":\"\(parameter.name)\",\"type\":\"\(parameter.kind.name)\",\"default\":"))
      }
    }
    #expect(
      run.standardOutput.hasPrefix("{\"lessons\":[{\"number\":1,\"id\":\"threads-or-processes\""))
  }

  @Test("lockstep list --json has all runs of a step and its first run")
  func runs() throws {
    let run = try Program("list", "--json")
    let json = try JSONValue(parsing: Array(run.standardOutput.utf8))
    let course = try BuiltInCourse.load(.init(cores: Int(lks_available_cores())))
    guard case .array(let lessons)? = json["lessons"] else {
      Issue.record("no lessons")
      return
    }
    for (lesson, listed) in zip(course.lessons, lessons) {
      guard case .array(let steps)? = listed["steps"] else { continue }
      for (step, listed) in zip(lesson.steps, steps) {
        guard case .array(let runs)? = listed["runs"] else {
          Issue.record("no runs in \(step.title)")
          continue
        }
        #expect(runs.count == step.runs.count)
        #expect((runs.first?.text ?? "null") == listed["run"]?.text)
      }
    }
    #expect(course.lessons.contains { $0.steps.contains { $0.runs.count > 1 } })
  }

  @Test("Every lesson is listed")
  func documents() throws {
    let run = try Program("list")
    #expect(
      BuiltInLessons.documents.count
        == run.lines.filter { $0.hasPrefix("  ") && $0.dropFirst(2).first?.isNumber == true }.count)
  }
}

import Catalog
import LessonKit
import Testing

@Suite("A lockstep block")
struct RunBlockTests {
  @Test("with run DEMO name=value requests a run with these arguments")
  func request() throws {
    let step = try #require(
      try lesson("## a\n\n```lockstep\n\nrun producer-consumer items=3 --engine native\n```\n")
        .steps.first)
    let request = try #require(step.run)
    #expect(request.demo.id == "producer-consumer")
    #expect(request.arguments.integer("items") == 3)
    #expect(step.runs.map(\.line) == [5])
    #expect(
      step.runs.map(\.command) == ["run producer-consumer items=3 --engine native"])
  }

  @Test(
    "with a shell command and its prompt requests the same run",
    arguments: ["lockstep run factorial last=4", "$ lockstep run factorial last=4"])
  func shell(text: String) throws {
    let run = try #require(try lesson("```lockstep\n\(text)\n```\n").steps.first?.runs.first)
    #expect(run.request?.arguments.integer("last") == 4)
    #expect(run.command == "run factorial last=4")
    let mistaken = try lesson("```lockstep\n\(text)x\n```\n").diagnostics
    #expect(mistaken.map(\.column) == [text.count])
  }

  @Test("with invalid words stays a run block and gets a diagnostic at its line")
  func mistake() throws {
    let lesson = try lesson("text\n\n```lockstep\nrun producer-consumer itms=3\n```\n")
    let run = try #require(lesson.steps.first?.runs.first)
    #expect(run.request == nil)
    #expect(lesson.steps.first?.run == nil)
    let diagnostic = try #require(lesson.diagnostics.first)
    #expect(diagnostic.line == 4)
    #expect("\(diagnostic)".hasPrefix("03-some-thing.md:4:23: "))
    #expect(diagnostic.message.contains("items"))
  }

  @Test("may name the measures that the step asks about on a second line")
  func shown() throws {
    let parsed = try lesson("```lockstep\nrun cpu-bound\nshow speed-up,  cores used\n```\n")
    let run = try #require(parsed.steps.first?.runs.first)
    #expect(run.shown == ["speed-up", "cores used"] && run.askedMeasures == run.shown)
    #expect(parsed.diagnostics.isEmpty && run.command == "run cpu-bound")
    let usual = try lesson("```lockstep\nrun pool-reuse\n```\n").steps.first?.runs.first
    #expect(usual?.shown == [] && usual?.askedMeasures == ["processes", "time a task"])
  }

  @Test("with an unknown measure gets a diagnostic at the measure")
  func unknownMeasure() throws {
    let parsed = try lesson("text\n\n```lockstep\nrun cpu-bound\nshow time, speed\n```\n")
    #expect(
      parsed.diagnostics.map { "\($0)" } == [
        "03-some-thing.md:5:12: cpu-bound has no measure \"speed\"; "
          + "it has time, cores used, speed-up"
      ])
    #expect(parsed.steps.first?.run != nil)
    let none = try lesson("```lockstep\nrun lock\nshow time\n```\n")
    #expect(none.diagnostics.first?.message.contains("none to choose from") == true)
  }

  @Test(
    "with other content is shown as text, with a warning",
    arguments: [
      "", "run", "rm -rf /", "run factorial\nrun factorial", "lockstep", "$ rm x", "running",
      "lockstep list", "lockstep lockstep run factorial", "show time", "run cpu-bound\nshow",
      "run cpu-bound\nshow time,", "run cpu-bound\nshow time\nshow time",
    ])
  func somethingElse(text: String) throws {
    let lesson = try lesson("```lockstep\n\(text)\n```\n")
    #expect(lesson.steps.first?.runs.isEmpty == true)
    #expect(lesson.diagnostics.map(\.line) == [1])
    guard case .code(let code) = lesson.steps.first?.blocks.first else {
      Issue.record("no code in \(lesson)")
      return
    }
    #expect(code.text == text)
  }

  @Test("must name lockstep: other languages and indented code are never runs")
  func otherCode() throws {
    let lesson = try lesson("```sh\nrun factorial\n```\n\n    run factorial\n")
    #expect(lesson.steps.first?.runs.isEmpty == true)
    #expect(lesson.diagnostics.isEmpty)
  }

  @Test("is the run of its step if it is the first valid one, even in a list")
  func firstRun() throws {
    let text = """
      - ```lockstep
        run nothing
        ```
      - ```lockstep
        run factorial last=4
        ```
      """
    let step = try #require(try lesson(text).steps.first)
    #expect(step.runs.count == 2)
    #expect(step.run?.arguments.integer("last") == 4)
  }
}

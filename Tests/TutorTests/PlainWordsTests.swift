internal import Catalog
internal import LessonKit
internal import Screen
internal import Testing
internal import Trace

@testable import Tutor

@Suite("The words of the plain tutor")
struct PlainWordsTests {
  @Test("Several values are all accepted or all rejected, and each wrong one is reported")
  func assignments() throws {
    var stage = try PlainStage()
    stage.type("items=5 pause=x frob=1 lock=maybe consumers=2")
    #expect(!stage.says("is now") && stage.says("Nothing was changed."))
    #expect(stage.says("\"x\" is not a value of pause, which is a time such as"))
    #expect(stage.says("\"maybe\" is not a value of lock, which is on or off."))
    #expect(stage.says("has no parameter \"frob\""))
    stage.type("run items=100 lock=bla")
    #expect(!stage.says("is now") && stage.says("Nothing was changed.") && stage.effects.isEmpty)
    stage.type("run")
    #expect(stage.says("Running producer-consumer.\n"))
    stage.type("items=5 consumers=2")
    #expect(stage.says("items is now 5 for the next run."))
    stage.type("run")
    #expect(stage.says("Stopping the current run first."))
  }

  @Test("A run is chosen by number, place or demo name, with or without values")
  func runs() throws {
    let delayed = "Running producer-consumer with remove-delay 300ms"
    for (line, sentence) in [
      ("run the second", delayed), ("run second", delayed), ("r 2", delayed),
      ("Run The Second", delayed), ("run number 2", delayed), ("run\t2", delayed),
      ("run first", "Running producer-consumer."), ("r 1", "Running producer-consumer."),
      ("run producer-consumer", "Running producer-consumer."),
      ("r items=5", "Running producer-consumer with items 5."),
      ("run items = 5", "Running producer-consumer with items 5."),
      ("run producer-consumer items=5", "Running producer-consumer with items 5."),
      ("run again items=5", "Running producer-consumer with items 5."),
    ] {
      var stage = try PlainStage()
      stage.type(line)
      #expect(stage.says(sentence), "\(line)")
    }
    var stage = try PlainStage()
    stage.type("run 2 items=3")
    #expect(stage.says("Running producer-consumer with items 3 and remove-delay 300ms."))
    stage.type("run factorial items=4")
    #expect(stage.says("This step has no run \"factorial\"; nothing was changed."))
    #expect(stage.effects.isEmpty)
    stage.type("p the second")
    #expect(stage.says("Parameters of producer-consumer, run 2 of 2"))
    stage.type("c numbers")
    #expect(stage.says("18: "))
  }

  @Test("A parameter is chosen by its name, with or without a value")
  func names() throws {
    for lines in [
      ["p", "items 5"], ["p", "items = 5"], ["p", "items", "5"], ["items 5"],
      ["p", "1", "items 5"], ["p", "1", "items = 5"], ["Items\t5"], ["p", "pause", "items 5"],
    ] {
      var stage = try PlainStage()
      for line in lines { stage.type(line) }
      #expect(stage.says("items is now 5."), "\(lines)")
    }
    var stage = try PlainStage()
    stage.type("p", "pause")
    #expect(stage.says("pause is 0ms. It takes"))
    stage.type("back", "back")
    stage.type("pause")
    #expect(!stage.says("pause is 0ms"))
    stage.type("p", "lock maybe")
    #expect(stage.says("\"maybe\" is not a value of lock, which"))
  }

  @Test("An arrow key is recognised, and a word without its argument shows what it needs")
  func misses() throws {
    var stage = try PlainStage()
    for line in ["\u{1B}[A", "next\u{1B}[D", "\u{1B}OB", "\u{1B}[1;5C", "\u{1B}"] {
      stage.type(line)
      #expect(stage.says("Arrow keys do nothing here.") && stage.effects.isEmpty)
      #expect(!stage.says("[") && !stage.says("OB") && !stage.says("5C"), "\(line)")
    }
    for line in ["go", "GO", "step"] {
      stage.type(line)
      #expect(!stage.says("Did you mean") && stage.says("go to a step"), "\(line)")
    }
    stage.type("next 99")
    #expect(stage.says("next, next step, n, or a right bracket: the next step."))
    stage.type("  go\t \t4/2")
    #expect(stage.says("Step 2 of 9"))
  }

  @Test("The sentences of the chart can be repeated", arguments: ["results", "chart", "summary"])
  func chart(word: String) throws {
    var stage = try PlainStage(lesson: 8, run: RunScript.events(of:))
    stage.type("1")
    stage.type(word)
    #expect(stage.says("1 worker took 2 milliseconds") && stage.says("was the fastest"))
    #expect(!stage.says("no result"))
  }

  @Test("Workers with the same name are distinguished by their pools")
  func pools() throws {
    var stage = try PlainStage(lesson: 8, run: RunScript.events(of:))
    stage.type("1")
    for word in ["state", "timeline"] {
      stage.type(word)
      let workers = stage.lines.filter { $0.contains(", worker 1") }
        .map { $0.prefix { $0 != ":" }.split(separator: ",").prefix(2).joined(separator: ",") }
      #expect(workers.count == 5 && Set(workers).count == 5, "\(stage.said)")
      #expect(stage.says("pool 3, worker 1") && stage.says("pool 5, worker 5"))
    }
  }

  @Test("A thread that has not started yet already has its later name")
  func spawned() throws {
    var stage = try PlainStage(run: RunScript.events(of:))
    stage.type("1", "events")
    #expect(stage.says("main spawns add_thread.") && !stage.says("actor "))
  }

  @Test("The last page of the events has a word")
  func lastPage() throws {
    var stage = try PlainStage(run: RunScript.events(of:))
    stage.type("1", "events last")
    #expect(stage.says("page 5 of 5") && stage.says("These were all events."))
    stage.type("e last")
    #expect(stage.says("page 5 of 5"))
    stage.type("e 4")
    #expect(stage.says("page 4 of 5"))
  }

  @Test("The pages of a paused run's events say how to continue")
  func pausedPages() throws {
    var stage = try PlainStage(isScripted: false)
    stage.type("1")
    stage.events(RunScript.producerConsumer(until: 400).events)
    stage.type("pause")
    stage.type("events")
    #expect(stage.says("Enter for the next page, or back."))
    stage.type("")
    #expect(stage.says("page 2 of"))
    stage.type("back")
    #expect(stage.says("Type one step, resume, stop or state; or help."))
  }

  @Test("A word shows the shell command of a run")
  func shellCommand() throws {
    var stage = try PlainStage()
    stage.type("items=5", "command")
    #expect(stage.says("\nlockstep run producer-consumer items=5 "))
    stage.type("Y")
    #expect(stage.says("\nlockstep run producer-consumer items=5 ") && stage.effects.isEmpty)
  }

  @Test("Lessons with the same title are distinguished by their files")
  func sameTitles() throws {
    let catalog = DemoCatalog(cores: 2)
    let lessons = try ["notes/one.md", "notes/two.md", "three.md", "a/x.md", "b/x.md"].flatMap {
      try CourseLoader(catalog: catalog).lessons(
        name: $0, text: "# \($0.hasSuffix("x.md") ? "Twin" : $0 == "three.md" ? "Other" : "Same")\n"
      )
    }
    let model = Model(
      course: Course(inOrder: lessons), listings: [:], catalog: catalog,
      size: Size(columns: 80, rows: 24))
    var stage = PlainStage(model, isScripted: true, run: nil)
    stage.type("lessons")
    #expect(stage.says("\n1 Same, one.md.") && stage.says("\n2 Same, two.md."))
    #expect(stage.says("\n3 Other. ") && stage.says("\n4 Twin, a/x.md."))
  }
}

internal import Catalog
internal import Events
internal import LessonKit
internal import Screen
internal import Testing
internal import Trace

@testable import Plain
@testable import Tutor

@Suite("The plain tutor")
struct PlainTutorTests {
  @Test("Each kind of block makes sense when it is only heard")
  func blocks() throws {
    let text = try #require(KeptDrawing.file("blocks.md"))
    let more = """


      A line that was \\
      broken, ~~struck~~, a ![picture](p.png), a <https://example.org>, and a note[^2].

      > A quotation.
      >
      > - with a list

      [^2]: What the note says.
      """
    try KeptDrawing.expect(try PlainStage(document: text + more).said, named: "plain-blocks")
  }

  @Test("Typed lines read, run, change and leave a lesson")
  func visit() throws {
    var stage = try PlainStage(step: 8, run: RunScript.events(of:))
    let start = stage.said
    stage.type(
      "1", "state", "timeline", "events 8", "", "2", "1", "0", "12", "frob=1", "defaults", "back",
      "progress", "7", "contents", "lessons", "8", "quit")
    try KeptDrawing.expect(start + stage.said, named: "plain-visit")
    #expect(stage.effects.last == .quit)
  }

  @Test("A bar chart is described in sentences")
  func bars() throws {
    var stage = try PlainStage(lesson: 8, run: RunScript.events(of:))
    stage.type("1")
    try KeptDrawing.expect(stage.said, named: "plain-pools")
  }

  @Test("A thread pool is described task by task, then by its results")
  func factorials() throws {
    var stage = try PlainStage(lesson: 7, run: RunScript.events(of:))
    stage.type("1", "results")
    try KeptDrawing.expect(stage.said, named: "plain-factorials")
  }

  @Test("Exceptions are reported with the thread that was first")
  func exceptions() throws {
    var stage = try PlainStage(step: 6) { _ in
      var script = RunScript.forestalled()
      script.finish(.completed, at: 200_000)
      return script.events
    }
    stage.type("1", "finding")
    #expect(stage.says("0.167 s  remove_thread-2 raises IndexError: pop from empty list."))
    #expect(stage.says("it had looked, and then remove_thread-1 took the last."))
  }

  @Test("A deadlock is reported when it is certain, and the run ends it")
  func deadlock() throws {
    var stage = try PlainStage()
    stage.type("1")
    stage.events(RunScript.deadlock().events)
    #expect(stage.says("Found, deadlock: transfer-2 waits for current, held by transfer-1;"))
    var script = RunScript.deadlock()
    script.wait(1, for: .join, child: 2, at: 103_000)
    stage.events(Array(script.events.suffix(1)))
    // The run itself releases the stuck threads and ends with its own outcome.
    #expect(!stage.effects.contains(.stop))
  }

  @Test("A busy run is condensed with exact counts, and can be heard in full afterwards")
  func busy() throws {
    var stage = try PlainStage { _ in RunScript.busy(1234).events }
    stage.type("1")
    let reported = stage.lines.count { $0.contains(" add_thread appends ") }
    #expect(reported < 40)
    #expect(stage.says("… \(ValueText.grouped(1235 - reported)) more events until"))
    #expect(stage.says("1,205 appends and 1 end"))
    let all = RunScript.busy(1234).events.count
    #expect(stage.says("Of its \(ValueText.grouped(all)) events"))
    stage.type("events")
    var heard = 0
    while !stage.says("These were all events.") {
      heard += stage.lines.count { $0.contains(" s  ") }
      stage.type("")
    }
    heard += stage.lines.count { $0.contains(" s  ") }
    #expect(heard == all)
  }

  @Test("A number means the same in every step, and only available choices are offered")
  func numbers() throws {
    var stage = try PlainStage(document: "# A page\n\nNothing runs here.\n")
    #expect(stage.says("Choices: 4 lessons; 5 quit; or help."))
    stage.type("1")
    #expect(stage.says("There is nothing to run in this step.") && stage.effects.isEmpty)
    stage.type("3")
    #expect(stage.says("last step"))
    stage.type("5")
    #expect(stage.effects == [.quit])
  }

  @Test("Each choice has a number, a word and the key of the full screen")
  func synonyms() throws {
    for lines in [["3"], ["next"], ["n"], ["]"], ["Next Step"], ["4/2"], ["go 4/2"], ["step 2"]] {
      var stage = try PlainStage()
      for line in lines { stage.type(line) }
      #expect(stage.says("Step 2 of 9: What the lock is for."), "\(lines)")
    }
    for line in ["N", "previous", "[", "step 1"] {
      var stage = try PlainStage(step: 2)
      stage.type(line)
      #expect(stage.says("Step 1 of 9"), "\(line)")
    }
    for line in ["q", "5", "quit", "Q", "exit"] {
      var stage = try PlainStage()
      stage.type(line)
      #expect(stage.effects.last == .quit, "\(line)")
    }
    for line in ["1", "r", "run", "Run", "run again", "run 1"] {
      var stage = try PlainStage()
      stage.type(line)
      #expect(stage.says("Running producer-consumer."), "\(line)")
    }
    for line in ["6", "run 2"] {
      var stage = try PlainStage()
      stage.type("answer", line)
      #expect(stage.says("Running producer-consumer with remove-delay 300ms."), "\(line)")
    }
  }

  @Test("Every line gets an answer, and the tutor continues", arguments: WordTable.all)
  func everyWord(_ word: Word) throws {
    for line in word.words + word.letters + word.words.map({ $0 + " 99" }) {
      var stage = try PlainStage(run: RunScript.events(of:))
      stage.type(line)
      #expect(stage.lines.count > 1, "\(line)")
      #expect(
        stage.effects.contains(.quit) == (word.words.contains("quit") && !line.contains("99")))
    }
  }

  @Test("An unknown line gets an error message with a suggestion")
  func unknown() throws {
    var stage = try PlainStage()
    for line in ["parametrs", "\u{1B}[2J", String(repeating: "x", count: 4000), "run x", "4/99"] {
      stage.type(line)
      #expect(stage.effects.isEmpty && stage.lines.count > 1)
      #expect(!stage.said.contains("\u{1B}"))
    }
    stage.type("parametrs")
    #expect(stage.says("Did you mean parameters?"))
    stage.type("4/99")
    #expect(stage.says("its steps are 1 to 9"))
    stage.type("go nowhere")
    #expect(stage.says("There is no lesson \"nowhere\".") && stage.says("7 Factorials"))
  }

  @Test("Contradictory values are kept until they agree")
  func drafts() throws {
    var stage = try PlainStage(lesson: 7)
    stage.type("first=20")
    #expect(stage.says("first is now 20.") && stage.says("first=20 is greater than last=10"))
    stage.type("r")
    #expect(stage.effects.isEmpty && stage.says("This cannot run yet"))
    stage.type("run last=30")
    #expect(stage.says("Running factorial with first 20 and last 30."))
  }

  @Test("An empty line keeps a requested value, and commands still work")
  func asking() throws {
    var stage = try PlainStage()
    stage.type("p", "1", "")
    #expect(stage.says("items is unchanged."))
    stage.type("1", "nonsense")
    #expect(
      stage.says("\"nonsense\" is not a value of items, which is") && stage.says("or Enter to keep")
    )
    stage.type("quit")
    #expect(stage.effects == [.quit])
  }

  @Test("Any number that is not a choice gets an answer, however small or large")
  func extremes() throws {
    let words = [
      "", "run ", "parameters ", "go ", "go 4/", "/", "step ", "events ", "lessons ", "4/",
    ]
    for list in ["choices", "lessons", "contents", "find lock", "p", "settings", "e"] {
      var listed = try PlainStage(run: RunScript.events(of:))
      listed.type("1", list)
      for word in words {
        for number in [Int.min, -1, 0, Int.max] {
          var stage = listed
          stage.type("\(word)\(number)")
          #expect(
            !stage.said.isEmpty && !stage.effects.contains(.quit), "\(list), \(word)\(number)")
        }
      }
    }
  }

  @Test("The list of lessons shows the word that opens each lesson")
  func mixedCourse() throws {
    let catalog = DemoCatalog(cores: 2)
    let lessons = try ["05-locks.md", "notes.md"].flatMap {
      try CourseLoader(catalog: catalog).lessons(name: $0, text: "# About \($0)\n\nWords.\n")
    }
    let model = Model(
      course: Course(lessons: lessons), listings: [:], catalog: catalog,
      size: Size(columns: 80, rows: 24))
    var stage = PlainStage(model, isScripted: true, run: nil)
    stage.type("lessons")
    #expect(stage.says("\n5 About 05-locks.md.") && stage.says("\ngo notes: About notes.md."))
    stage.type("2")
    #expect(stage.says("There is no number 2 in this list."))
    stage.type("go notes")
    #expect(stage.says("About notes.md.\n") && stage.tutor.model.place.lesson == 1)
  }

  @Test("Typed lines pause, step, inspect and stop a live run")
  func control() throws {
    var stage = try PlainStage(isScripted: false)
    stage.type("1")
    let events = RunScript.producerConsumer(until: 200).events
    stage.events(events)
    #expect(stage.tutor.isBusy && !stage.tutor.isQuiet)
    stage.type("")
    #expect(stage.effects == [.pause] && stage.says("Pausing."))
    stage.type("one step")
    #expect(stage.says("Pause the run first.") && stage.effects.isEmpty)
    var pause = RunScript("producer-consumer")
    pause.time = 210_000
    pause.add(.runPause)
    stage.events(Array(pause.events.suffix(1)))
    #expect(stage.says("The run is paused.") && stage.says("Type one step, resume, stop or state"))
    #expect(stage.tutor.isQuiet)
    let next = NextOperations(
      [ActorID(2): NextOperation(.waitEnd), ActorID(3): NextOperation(.lockAcquire, ObjectID(2))],
      goes: ActorID(3))
    stage.send(.message(.next(next)))
    #expect(stage.says("Next, a step: remove_thread acquires list_lock."))
    #expect(stage.says("Then, without an order: add_thread wakes."))
    stage.type("pause")
    #expect(stage.says("The run is already paused.") && stage.effects.isEmpty)
    stage.type("state")
    #expect(stage.says("add_thread, thread 4711, ") && stage.says("which is paused"))
    stage.type(".")
    #expect(stage.effects == [.step])
    stage.type("go on")
    #expect(stage.effects == [.resume])
    stage.type("go on")
    #expect(stage.says("The run is not paused."))
    stage.type("stop")
    #expect(stage.effects == [.stop] && stage.says("Stopping the run."))
  }

  @Test("A paused run that is stepped reports every event")
  func stepping() throws {
    var stage = try PlainStage(isScripted: false)
    stage.type("1")
    let events = RunScript.producerConsumer(until: 200).events
    let split = events.firstIndex { $0.kind == .lockAcquire } ?? 0
    stage.events(Array(events[..<split]))
    #expect(!stage.says("acquires"))
    stage.type("pause")
    stage.events(Array(events[split...(split + 1)]))
    #expect(stage.says("add_thread acquires list_lock."))
  }

  @Test("Ctrl-C stops the run; a second one, or one without a run, quits")
  func interrupt() throws {
    var stage = try PlainStage()
    stage.type("1")
    stage.send(.interrupt)
    #expect(stage.effects.contains(.stop) && !stage.effects.contains(.quit))
    stage.send(.interrupt)
    #expect(stage.effects.contains(.quit))
    var idle = try PlainStage()
    idle.type()
    idle.send(.interrupt)
    #expect(idle.effects == [.quit])
  }

  @Test("The end of the input ends the tutor after everything before it")
  func end() throws {
    var stage = try PlainStage()
    stage.type()
    stage.send(.endOfInput)
    #expect(
      stage.said.hasPrefix("1 of ") && stage.said.hasSuffix(" steps seen. Good-bye.\n")
        && stage.effects == [.quit])
  }

  @Test("Progress is remembered as on the full screen")
  func progress() throws {
    var stage = try PlainStage(run: RunScript.events(of:))
    let lesson = try #require(stage.tutor.model.lesson)
    #expect(stage.effects.contains(.remember(.seen(lesson.key(ofStep: 0)))))
    stage.type("1", "n")
    #expect(stage.effects.contains(.remember(.ran(lesson.key(ofStep: 0)))))
    #expect(stage.effects.contains(.remember(.seen(lesson.key(ofStep: 1)))))
    #expect(stage.effects.contains(.remember(.place(lesson.key(ofStep: 1)))))
    stage.type("progress")
    #expect(stage.says("2 of ") && stage.says(" steps seen."))
    #expect(stage.says("Lesson 4: A producer and a consumer. 2 of 9 steps seen, 1 run."))
  }

  @Test("ASCII mode is a setting, and it is saved")
  func settings() throws {
    var stage = try PlainStage()
    stage.type("settings", "1")
    var settings = Settings()
    settings.isASCII = true
    #expect(stage.effects == [.settings(settings)] && stage.tutor.isASCII)
    stage.type("2", "code")
    #expect(stage.lines.contains { $0.hasPrefix("19: ") && $0.contains("shared_list.append") })
    stage.type("settings", "3", "1", "back")
    #expect(!stage.tutor.isASCII && stage.tutor.reportsAll)
  }

  @Test("A changed document is announced, and lists of the old one are closed")
  func reloaded() throws {
    var stage = try PlainStage(document: "# A page\n\nOld words.\n", name: "page.md")
    stage.type("contents")
    let catalog = DemoCatalog(cores: 2)
    let lesson = try CourseLoader(catalog: catalog).lesson(
      name: "page.md", text: "# A page\n\nNew words.\n")
    stage.send(
      .message(.reloaded(Course(lessons: [lesson]), notices: ["read again: page.md"])))
    #expect(stage.says("read again: page.md.") && stage.tutor.hint == nil)
    stage.type("again")
    #expect(stage.says("New words.") && !stage.says("Old words."))
  }

  @Test("A run that cannot begin says why")
  func refused() throws {
    var stage = try PlainStage()
    stage.type()
    stage.send(.message(.runRefused("the run could not begin: no more threads")))
    #expect(stage.says("the run could not begin: no more threads.\nChoices:"))
  }

  @Test("A course without lessons says so, and every word is safe")
  func empty() throws {
    let model = Model(
      course: Course(lessons: []), listings: [:], catalog: DemoCatalog(cores: 2),
      size: Size(columns: 80, rows: 24))
    var stage = PlainStage(model, isScripted: true, run: nil)
    #expect(stage.says("There are no lessons here."))
    for line in WordTable.all.flatMap({ $0.words + $0.letters }) + [
      "", "1", "2", "3", "4/1", "a=1",
    ] {
      stage.type(line)
      #expect(!stage.said.isEmpty)
    }
  }

  @Test("The help explains every word that the tutor understands")
  func help() throws {
    var stage = try PlainStage()
    stage.type("help")
    try KeptDrawing.expect(stage.said, named: "plain-help")
  }
}

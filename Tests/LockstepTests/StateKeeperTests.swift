import CPlatform
import Catalog
import Concurrency
import Glibc
import LessonKit
import Screen
import SystemPackage
import TestTerminal
import Testing
import Tutor

@testable import lockstep

@Suite("What is kept on a thread of its own")
struct StateKeeperTests {
  private let stage: StateStage
  private let told = Guarded<[String]>([])

  init() throws { stage = try StateStage() }

  private func keeper(
    _ system: FileSystem = .real, patience: UInt64 = StateLock.patience
  ) -> StateKeeper {
    let keeper = StateKeeper(
      document: "built-in",
      in: StateKeeper.Places(
        progress: stage.store(system, patience: patience),
        settings: KeyedFile("settings.json", in: stage.folder, system: system),
        layout: KeyedFile("layout.json", in: stage.folder, system: system)))
    keeper.tell { [told] sentence, _ in told.withLock { $0.append(sentence) } }
    return keeper
  }

  private func key(_ step: String) -> StepKey { StepKey(lesson: "one", step: step) }

  private var kept: DocumentProgress? {
    get throws { try stage.store().read()?.documents["built-in"]?.progress }
  }

  @Test("is on the disk after a flush: progress, settings and borders")
  func all() throws {
    let keeper = keeper()
    keeper.keep(.seen(key("a")))
    keeper.keep(.ran(key("a")))
    keeper.keep(.place(key("a")))
    var settings = Settings()
    settings.theme = .light
    keeper.keep(settings)
    keeper.keep(Splits(places: ["lesson": 400]))
    #expect(keeper.flushed() == nil)
    #expect(
      try kept == DocumentProgress(seen: [key("a")], ran: [key("a")], place: key("a")))
    #expect(
      contents(of: stage.folder.path + "/settings.json")
        == Array("{\n  \"theme\": \"light\"\n}\n".utf8))
    #expect(
      contents(of: stage.folder.path + "/layout.json")
        == Array("{\n  \"borders\": {\n    \"lesson\": 400\n  }\n}\n".utf8))
    #expect(told.withLock { $0.isEmpty })
  }

  @Test("never waits for the disk, and what comes meanwhile is written in one go")
  func slowDisk() throws {
    let disk = FaultyDisk()
    var system = disk.system
    let (gate, reached) = (lks_eventfd(), lks_eventfd())
    let isOpen = Guarded(false)
    let synchronize = system.synchronize
    system.synchronize = { descriptor throws(Errno) in
      if !isOpen.withLock({ $0 }) {
        var one: UInt64 = 1
        _ = Glibc.write(reached, &one, 8)
        wait(for: gate)
      }
      try synchronize(descriptor)
    }
    let keeper = keeper(system)
    keeper.keep(.seen(key("0")))
    wait(for: reached)
    for count in 1...100 {
      keeper.keep(.seen(key("\(count)")))
      keeper.keep(.place(key("\(count)")))
    }
    // At the end only so long is waited.
    #expect(keeper.flush(patience: 1_000_000)?.contains("disk") == true)
    #expect(Kernel.threads(of: getpid()).values.contains("lockstep:state"))
    isOpen.withLock { $0 = true }
    var one: UInt64 = 1
    _ = Glibc.write(gate, &one, 8)
    #expect(keeper.flush(patience: 30_000_000_000) == nil)
    #expect(try kept?.seen.count == 101)
    #expect(try kept?.place == key("100"))
    #expect(disk.replaced == 2)
    close(gate)
    close(reached)
  }

  @Test("and cannot be written is told once, waits, and is written when it can be")
  func fullDisk() throws {
    let disk = FaultyDisk(FaultyDisk.Fault(call: 1, error: .noSpace, lasts: true))
    let keeper = keeper(disk.system)
    for step in ["a", "b", "c"] {
      keeper.keep(.seen(key(step)))
      _ = keeper.flushed()
    }
    #expect(told.withLock { $0.count } == 1)
    #expect(told.withLock { $0.first?.contains("No space left on device") } == true)
    #expect(stage.names.isEmpty)
    disk.mend()
    keeper.keep(.seen(key("d")))
    #expect(keeper.flushed() == nil)
    #expect(try kept?.seen == Set(["a", "b", "c", "d"].map(key)))
    #expect(told.withLock { $0.last } == "what you did is kept again")
  }

  @Test("waits for another instance's lock only so long, and is kept with the next change")
  func busy() throws {
    let keeper = keeper(patience: 1_000_000)
    let lock = try stage.folder.lock(patience: 0)
    keeper.keep(.seen(key("a")))
    _ = keeper.flushed()
    #expect(told.withLock { $0.count } == 1)
    #expect(try kept == nil)
    _ = consume lock
    keeper.keep(.seen(key("b")))
    #expect(keeper.flushed() == nil)
    #expect(try kept?.seen == [key("a"), key("b")])
  }

  @Test("and fails at the end for a reason that nobody was told of is told by the flush")
  func lastReason() throws {
    let reasons = Guarded([Errno.ioError, .noSpace])
    var system = FileSystem.real
    system.create = { _ throws(Errno) in throw reasons.withLock { $0.removeFirst() } }
    let keeper = keeper(system)
    keeper.keep(.seen(key("a")))
    #expect(keeper.flushed()?.contains("No space left on device") == true)
  }

  @Test("is kept by the flush at the end, even where it could not be before")
  func lastTry() throws {
    let disk = FaultyDisk(FaultyDisk.Fault(call: 1, error: .ioError))
    let keeper = keeper(disk.system)
    keeper.keep(.seen(key("a")))
    #expect(keeper.flushed() == nil)
    #expect(try kept?.seen == [key("a")])
  }

  @Test("A setting changes its own line only; names that nobody knows stay")
  func settingsMerge() throws {
    let path = stage.folder.path + "/settings.json"
    write(Array(#"{"colour":{"x":[1.50,null]},"mouse":true}"#.utf8), to: path)
    let keeper = keeper()
    var settings = Settings()
    settings.takesMouse = false
    keeper.keep(settings)
    settings.isASCII = true
    keeper.keep(settings)
    #expect(keeper.flushed() == nil)
    let fields = try KeyedFile("settings.json", in: stage.folder).read()
    #expect(
      JSONValue.object(fields).text
        == #"{"colour":{"x":[1.50,null]},"mouse":false,"ascii":true}"#)
  }

  @Test("What holds for one session alone is not kept with what a person changes in it")
  func sessionOnly() throws {
    let keeper = keeper()
    var settings = Settings()
    settings.isASCII = true
    settings.theme = .light
    keeper.begin(with: settings)
    settings.takesMouse = false
    keeper.keep(settings)
    #expect(keeper.flushed() == nil)
    let fields = try KeyedFile("settings.json", in: stage.folder).read()
    #expect(JSONValue.object(fields).text == #"{"mouse":false}"#)
  }

  @Test("Settings that cannot be understood are set aside before new ones are written")
  func settingsDamaged() throws {
    let path = stage.folder.path + "/settings.json"
    write(Array("{theme: dark}".utf8), to: path)
    let keeper = keeper()
    var settings = Settings()
    settings.theme = .dark
    keeper.keep(settings)
    #expect(keeper.flushed() == nil)
    let aside = try #require(stage.names.first { $0.hasPrefix("settings.json.damaged-") })
    #expect(contents(of: "\(stage.folder.path)/\(aside)") == Array("{theme: dark}".utf8))
    #expect(told.withLock { $0.count } == 1)
  }
}

extension StateKeeper {
  /// Waits for the disk as long as only one that hangs takes.
  fileprivate func flushed() -> String? { flush(patience: 30_000_000_000) }
}

/// Waits until a descriptor is readable.
private func wait(for descriptor: Int32) {
  var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  _ = poll(&polled, 1, -1)
}

@Suite("What earlier sessions left")
struct KeptStateTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private func kept(_ variables: [String: String] = [:]) -> KeptState {
    KeptState(
      of: "built-in",
      environment: { variables[$0] ?? (variables.isEmpty && $0 == "HOME" ? home.path : nil) })
  }

  private func write(_ text: String, to name: String) {
    let folder = name == "settings.json" ? "/.config" : "/.local/state"
    if folder == "/.local/state" { mkdir(home.path + "/.local", 0o700) }
    for path in [folder, folder + "/lockstep"] { mkdir(home.path + path, 0o700) }
    LockstepTests.write(Array(text.utf8), to: home.path + folder + "/lockstep/" + name)
  }

  @Test("is nothing the first time, without a word and without a trace")
  func first() {
    let kept = kept()
    #expect(kept.isFirstStart && kept.notices.isEmpty && kept.progress.isEmpty)
    #expect(kept.settings == Settings() && kept.splits == Splits())
    #expect(home.names().isEmpty)
  }

  @Test("is there the second time")
  func second() {
    let first = kept()
    first.keeper.keep(.place(StepKey(lesson: "l", step: "s")))
    var settings = Settings()
    settings.hasReducedMotion = true
    first.keeper.keep(settings)
    first.keeper.keep(Splits(places: ["lesson": 300]))
    #expect(first.keeper.flushed() == nil)
    let second = kept()
    #expect(!second.isFirstStart && second.notices.isEmpty)
    #expect(second.progress.place == StepKey(lesson: "l", step: "s"))
    #expect(second.settings == settings)
    #expect(second.splits.places == ["lesson": 300])
    #expect(home.names(in: ".config/lockstep") == [".lock", "settings.json"])
    #expect(home.names(in: ".local/state/lockstep") == [".lock", "layout.json", "progress.json"])
  }

  @Test("Without a home nothing is kept, which is told in one sentence, and nothing fails")
  func homeless() {
    let kept = kept(["HOME": ""])
    #expect(kept.notices == ["nothing that you do is kept: HOME is not set"])
    kept.keeper.keep(.seen(StepKey(lesson: "l", step: "s")))
    kept.keeper.keep(Settings())
    kept.keeper.keep(Splits())
    #expect(kept.keeper.flushed() == nil)
  }

  @Test("Where progress has a place and settings have none, only that is told")
  func noConfiguration() {
    let kept = kept(["XDG_STATE_HOME": home.path])
    #expect(kept.notices == ["your settings are not kept: HOME is not set"])
    kept.keeper.keep(.seen(StepKey(lesson: "l", step: "s")))
    #expect(kept.keeper.flushed() == nil)
    #expect(home.names(in: "lockstep") == [".lock", "progress.json"])
  }

  @Test("A newer file is left alone, which is told once; settings are kept all the same")
  func newer() throws {
    let text = #"{"version":2}"#
    write(text, to: "progress.json")
    let kept = kept()
    #expect(kept.notices.count == 1 && kept.notices[0].contains("newer"))
    #expect(!kept.isFirstStart)
    kept.keeper.keep(.seen(StepKey(lesson: "l", step: "s")))
    var settings = Settings()
    settings.isASCII = true
    kept.keeper.keep(settings)
    #expect(kept.keeper.flushed() == nil)
    #expect(contents(of: home.path + "/.local/state/lockstep/progress.json") == Array(text.utf8))
    #expect(self.kept().settings.isASCII)
  }

  @Test("Settings that make no sense are left out, each with a word")
  func settings() {
    write(
      #"{"theme":"pink","mouse":"no","asci":true,"reduced-motion":true}"#, to: "settings.json")
    let kept = kept()
    var settings = Settings()
    settings.hasReducedMotion = true
    #expect(kept.settings == settings)
    #expect(
      kept.notices == [
        "settings.json: theme can be auto, \(Theme.Kind.allCases.map(\.rawValue).listed), and nothing else",
        "settings.json: mouse can be true and false, and nothing else",
        "settings.json: there is no setting called \"asci\" (did you mean ascii?)",
      ])
  }

  @Test("Each setting has its word in the file", arguments: Theme.Kind.allCases)
  func words(theme: Theme.Kind) {
    write(
      #"{"theme":"\#(theme.rawValue)","ascii":true,"reduced-motion":true,"mouse":false}"#,
      to: "settings.json")
    let settings = kept().settings
    #expect(settings.theme == theme && settings.isASCII)
    #expect(settings.hasReducedMotion && !settings.takesMouse)
    write(#"{"theme":"auto"}"#, to: "settings.json")
    #expect(kept().settings.theme == nil && kept().notices.isEmpty)
  }

  @Test("Borders are brought within bounds, and nonsense is left out")
  func borders() {
    write(
      #"{"borders":{"a":-5,"b":99999999,"c":"x","d":1.5,"e":500},"more":1}"#, to: "layout.json")
    #expect(kept().splits.places == ["a": 50, "b": 950, "e": 500])
    for text in ["", "[]", #"{"borders":7}"#] {
      write(text, to: "layout.json")
      #expect(kept().splits == Splits() && kept().notices.isEmpty)
    }
  }
}

import Catalog
import Glibc
import JSON
import LessonKit
import Platform
import Screen
import SystemPackage
import TestFaults
import TestState
import TestTerminal
import Testing
import Tutor

@testable import StateFiles

@Suite("State that is saved on a thread", .faultMatrix)
struct StateWriterTests {
  private let stage: StateStage
  private let messages = Guarded<[String]>([])

  init() throws { stage = try StateStage() }

  private func writer(
    _ system: FileSystem = .real, patience: UInt64 = StateLock.patience
  ) -> StateWriter {
    let writer = StateWriter(
      document: "built-in",
      in: StateWriter.Places(
        progress: stage.store(system, patience: patience),
        settings: KeyedFile("settings.json", in: stage.folder, system: system),
        layout: KeyedFile("layout.json", in: stage.folder, system: system)))
    writer.onMessage { [messages] sentence, _ in messages.withLock { $0.append(sentence) } }
    return writer
  }

  private func key(_ step: String) -> StepKey { StepKey(lesson: "one", step: step) }

  private var kept: DocumentProgress? {
    get throws { try stage.store().read()?.documents["built-in"]?.progress }
  }

  @Test("After a flush, progress, settings and borders are on disk")
  func all() throws {
    let writer = writer()
    writer.save(.seen(key("a")))
    writer.save(.ran(key("a")))
    writer.save(.place(key("a")))
    var settings = Settings()
    settings.theme = .light
    writer.save(settings)
    writer.save(Splits(places: ["lesson": 400]))
    #expect(writer.flushed() == nil)
    #expect(
      try kept == DocumentProgress(seen: [key("a")], ran: [key("a")], place: key("a")))
    #expect(
      contents(of: stage.folder.path + "/settings.json")
        == Array("{\n  \"theme\": \"light\"\n}\n".utf8))
    #expect(
      contents(of: stage.folder.path + "/layout.json")
        == Array("{\n  \"borders\": {\n    \"lesson\": 400\n  }\n}\n".utf8))
    #expect(messages.withLock { $0.isEmpty })
  }

  @Test("Changes never wait for the disk, and are written together")
  func slowDisk() throws {
    let disk = FaultyDisk()
    var system = disk.system
    guard let gate = PollSignal(), let reached = PollSignal() else {
      throw Errno.tooManyOpenFiles
    }
    let isOpen = Guarded(false)
    let synchronize = system.synchronize
    system.synchronize = { descriptor throws(Errno) in
      if !isOpen.withLock({ $0 }) {
        reached.set()
        gate.wait()
      }
      try synchronize(descriptor)
    }
    let writer = writer(system)
    writer.save(.seen(key("0")))
    reached.wait()
    for count in 1...100 {
      writer.save(.seen(key("\(count)")))
      writer.save(.place(key("\(count)")))
    }
    // At the end only so long is waited.
    #expect(writer.flush(patience: 1_000_000)?.contains("disk") == true)
    #expect(Kernel.threads(of: getpid()).values.contains("lockstep:state"))
    isOpen.withLock { $0 = true }
    gate.set()
    #expect(writer.flush(patience: 30_000_000_000) == nil)
    #expect(try kept?.seen.count == 101)
    #expect(try kept?.place == key("100"))
    #expect(disk.replaced == 2)

  }

  @Test("Row 47: A failed write is reported once and retried later")
  func fullDisk() throws {
    let disk = FaultyDisk(FaultyDisk.Fault(call: 1, error: .noSpace, lasts: true))
    let writer = writer(disk.system)
    for step in ["a", "b", "c"] {
      writer.save(.seen(key(step)))
      _ = writer.flushed()
    }
    #expect(messages.withLock { $0.count } == 1)
    #expect(messages.withLock { $0.first?.contains("No space left on device") } == true)
    #expect(stage.names.isEmpty)
    disk.repair()
    writer.save(.seen(key("d")))
    #expect(writer.flushed() == nil)
    #expect(try kept?.seen == Set(["a", "b", "c", "d"].map(key)))
    #expect(messages.withLock { $0.last } == "your progress is saved again")
  }

  @Test("A change that finds the lock held is saved with the next change")
  func busy() throws {
    let writer = writer(patience: 1_000_000)
    let lock = try stage.folder.lock(patience: 0)
    writer.save(.seen(key("a")))
    _ = writer.flushed()
    #expect(messages.withLock { $0.count } == 1)
    #expect(try kept == nil)
    _ = consume lock
    writer.save(.seen(key("b")))
    #expect(writer.flushed() == nil)
    #expect(try kept?.seen == [key("a"), key("b")])
  }

  @Test("The flush reports a new failure")
  func lastReason() throws {
    let reasons = Guarded([Errno.ioError, .noSpace])
    var system = FileSystem.real
    system.create = { _ throws(Errno) in throw reasons.withLock { $0.removeFirst() } }
    let writer = writer(system)
    writer.save(.seen(key("a")))
    #expect(writer.flushed()?.contains("No space left on device") == true)
  }

  @Test("The flush saves what failed before")
  func lastTry() throws {
    let disk = FaultyDisk(FaultyDisk.Fault(call: 1, error: .ioError))
    let writer = writer(disk.system)
    writer.save(.seen(key("a")))
    #expect(writer.flushed() == nil)
    #expect(try kept?.seen == [key("a")])
  }

  @Test("A setting changes only its own line, and unknown names stay")
  func settingsMerge() throws {
    let path = stage.folder.path + "/settings.json"
    write(Array(#"{"colour":{"x":[1.50,null]},"mouse":true}"#.utf8), to: path)
    let writer = writer()
    var settings = Settings()
    settings.takesMouse = false
    writer.save(settings)
    settings.isASCII = true
    writer.save(settings)
    #expect(writer.flushed() == nil)
    let fields = try KeyedFile("settings.json", in: stage.folder).read()
    #expect(
      JSONValue.object(fields).text
        == #"{"colour":{"x":[1.50,null]},"mouse":false,"ascii":true}"#)
  }

  @Test("Settings for one session are not saved with the user's changes")
  func sessionOnly() throws {
    let writer = writer()
    var settings = Settings()
    settings.isASCII = true
    settings.theme = .light
    writer.begin(with: settings)
    settings.takesMouse = false
    writer.save(settings)
    #expect(writer.flushed() == nil)
    let fields = try KeyedFile("settings.json", in: stage.folder).read()
    #expect(JSONValue.object(fields).text == #"{"mouse":false}"#)
  }

  @Test("Damaged settings are renamed before new ones are written")
  func settingsDamaged() throws {
    let path = stage.folder.path + "/settings.json"
    write(Array("{theme: dark}".utf8), to: path)
    let writer = writer()
    var settings = Settings()
    settings.theme = .dark
    writer.save(settings)
    #expect(writer.flushed() == nil)
    let aside = try #require(stage.names.first { $0.hasPrefix("settings.json.damaged-") })
    #expect(contents(of: "\(stage.folder.path)/\(aside)") == Array("{theme: dark}".utf8))
    #expect(messages.withLock { $0.count } == 1)
  }
}

extension StateWriter {
  /// Waits for the disk as long as only one that hangs takes.
  fileprivate func flushed() -> String? { flush(patience: 30_000_000_000) }
}

/// Waits until a descriptor is readable.

@Suite("State of earlier sessions", .faultMatrix)
struct SavedStateTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private func kept(_ variables: [String: String] = [:]) -> SavedState {
    SavedState(
      of: "built-in",
      environment: { variables[$0] ?? (variables.isEmpty && $0 == "HOME" ? home.path : nil) })
  }

  private func put(_ text: String, to name: String) {
    let folder = name == "settings.json" ? "/.config" : "/.local/state"
    if folder == "/.local/state" { mkdir(home.path + "/.local", 0o700) }
    for path in [folder, folder + "/lockstep"] { mkdir(home.path + path, 0o700) }
    write(Array(text.utf8), to: home.path + folder + "/lockstep/" + name)
  }

  @Test("The first start finds nothing, reports nothing and writes nothing")
  func first() {
    let kept = kept()
    #expect(kept.isFirstStart && kept.notices.isEmpty && kept.progress.isEmpty)
    #expect(kept.settings == Settings() && kept.splits == Splits())
    #expect(home.names().isEmpty)
  }

  @Test("The second start finds the state of the first")
  func second() {
    let first = kept()
    first.writer.save(.place(StepKey(lesson: "l", step: "s")))
    var settings = Settings()
    settings.hasReducedMotion = true
    first.writer.save(settings)
    first.writer.save(Splits(places: ["lesson": 300]))
    #expect(first.writer.flushed() == nil)
    let second = kept()
    #expect(!second.isFirstStart && second.notices.isEmpty)
    #expect(second.progress.place == StepKey(lesson: "l", step: "s"))
    #expect(second.settings == settings)
    #expect(second.splits.places == ["lesson": 300])
    #expect(home.names(in: ".config/lockstep") == [".lock", "settings.json"])
    #expect(home.names(in: ".local/state/lockstep") == [".lock", "layout.json", "progress.json"])
  }

  @Test("Without a home nothing is saved, one notice says so, and nothing fails")
  func homeless() {
    let kept = kept(["HOME": ""])
    #expect(kept.notices == ["your progress is not saved: HOME is not set"])
    kept.writer.save(.seen(StepKey(lesson: "l", step: "s")))
    kept.writer.save(Settings())
    kept.writer.save(Splits())
    #expect(kept.writer.flushed() == nil)
  }

  @Test("If only settings have no folder, the notice says only that")
  func noConfiguration() {
    let kept = kept(["XDG_STATE_HOME": home.path])
    #expect(kept.notices == ["your settings are not saved: HOME is not set"])
    kept.writer.save(.seen(StepKey(lesson: "l", step: "s")))
    #expect(kept.writer.flushed() == nil)
    #expect(home.names(in: "lockstep") == [".lock", "progress.json"])
  }

  @Test(
    "Row 54: A newer progress file stays unchanged and is reported once, while settings are saved")
  func newer() throws {
    let text = #"{"version":2}"#
    put(text, to: "progress.json")
    let kept = kept()
    #expect(kept.notices.count == 1 && kept.notices[0].contains("newer"))
    #expect(!kept.isFirstStart)
    kept.writer.save(.seen(StepKey(lesson: "l", step: "s")))
    var settings = Settings()
    settings.isASCII = true
    kept.writer.save(settings)
    #expect(kept.writer.flushed() == nil)
    #expect(contents(of: home.path + "/.local/state/lockstep/progress.json") == Array(text.utf8))
    #expect(self.kept().settings.isASCII)
  }

  @Test("Row 54: Newer settings and a newer layout stay unchanged, and each has a notice")
  func newerSettings() throws {
    let texts = ["settings.json", "layout.json"].map { ($0, #"{"version":2,"theme":"new"}"#) }
    for (name, text) in texts { put(text, to: name) }
    let kept = kept()
    #expect(kept.notices.count == 2 && kept.notices.allSatisfy { $0.contains("newer lockstep") })
    #expect(kept.notices[0].hasPrefix("your layout is not saved: "))
    #expect(kept.notices[1].hasPrefix("your settings are not saved: "))
    var settings = Settings()
    settings.isASCII = true
    kept.writer.save(settings)
    kept.writer.save(Splits())
    kept.writer.save(.seen(StepKey(lesson: "l", step: "s")))
    #expect(kept.writer.flushed() == nil)
    #expect(
      contents(of: home.path + "/.config/lockstep/settings.json") == Array(texts[0].1.utf8))
    #expect(
      contents(of: home.path + "/.local/state/lockstep/layout.json") == Array(texts[1].1.utf8))
    put(#"{"version":1,"ascii":true}"#, to: "settings.json")
    put("{}", to: "layout.json")
    #expect(self.kept().notices.isEmpty && self.kept().settings.isASCII)
  }

  @Test("Each invalid setting is ignored with a notice")
  func settings() {
    put(
      #"{"theme":"pink","mouse":"no","asci":true,"reduced-motion":true}"#, to: "settings.json")
    let kept = kept()
    var settings = Settings()
    settings.hasReducedMotion = true
    #expect(kept.settings == settings)
    #expect(
      kept.notices == [
        "settings.json: theme must be \((["auto"] + Theme.Kind.allCases.map(\.rawValue)).alternatives)",
        "settings.json: mouse must be true or false",
        "settings.json: no setting is called \"asci\" (did you mean ascii?)",
      ])
  }

  @Test("Each setting has a name in the file", arguments: Theme.Kind.allCases)
  func words(theme: Theme.Kind) {
    put(
      #"{"theme":"\#(theme.rawValue)","ascii":true,"reduced-motion":true,"mouse":false}"#,
      to: "settings.json")
    let settings = kept().settings
    #expect(settings.theme == theme && settings.isASCII)
    #expect(settings.hasReducedMotion && !settings.takesMouse)
    put(#"{"theme":"auto"}"#, to: "settings.json")
    #expect(kept().settings.theme == nil && kept().notices.isEmpty)
  }

  @Test("Borders are clamped, and invalid ones ignored")
  func borders() {
    put(
      #"{"borders":{"a":-5,"b":99999999,"c":"x","d":1.5,"e":500},"more":1}"#, to: "layout.json")
    #expect(kept().splits.places == ["a": 50, "b": 950, "e": 500])
    for text in ["", "[]", #"{"borders":7}"#] {
      put(text, to: "layout.json")
      #expect(kept().splits == Splits() && kept().notices.isEmpty)
    }
  }
}

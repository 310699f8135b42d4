import ArgumentParser
import CPlatform
import Catalog
import Curses
import Demos
import Engine
import Events
import Glibc
import Platform
import Screen
import Shell
import StateFiles
import Tutor

/// `lockstep doctor`: shows what this machine and this terminal can do.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Show what this terminal and this machine can do.")

  func run() throws {
    let engine = Self.engineCheck()
    let rows =
      terminalRows + [("cores", "\(lks_available_cores()) available to this program")]
      + [("python3", Self.python)] + limitRows + [("engine", engine.text)]
      + [("own threads", ownThreads)]
    let width = rows.map(\.0.count).max() ?? 0
    for (name, value) in rows {
      let gap = String(repeating: " ", count: width - name.count)
      let shown = Sanitizer.displaySafe(value, newlines: .visible)
      print(OutputText.shown("\(name)\(gap)  \(shown)"))
    }
    guard engine.isFine else {
      throw Failure("the demos cannot run here: \(engine.text)\(Self.likelyLimit(engine.text))")
    }
  }

  private typealias Row = (String, String)

  private var terminalRows: [Row] {
    let environment = TerminalEnvironment.current
    let type = environment.type ?? "not set"
    var window = winsize()
    let isTerminal = isatty(1) == 1 && ioctl(1, UInt(TIOCGWINSZ), &window) == 0
    let look = Look(
      LookPreferences(saved: LookChoices(Self.kept)), environment: environment,
      capabilities: Terminal.capabilities(environment))
    return [
      ("lockstep", Release.version),
      (
        "terminal", isTerminal ? "\(type), \(window.ws_col)×\(window.ws_row)" : "none; TERM \(type)"
      ),
      ("colours", look.colorSummary),
      ("characters", look.characterSummary),
    ]
  }

  /// The user's settings, as far as they can be read.
  private static var kept: Settings {
    var notices: [String] = []
    guard let folder = try? StateFolder.configuration(StateFolder.environment),
      let fields = try? KeyedFile("settings.json", in: folder).read()
    else { return Settings() }
    return Settings(fields: fields, notices: &notices)
  }

  private static var python: String {
    let script = """
      import sys
      gil = getattr(sys, "_is_gil_enabled", lambda: True)()
      print(sys.version.split()[0], "with" if gil else "without", "the GIL,", sys.executable)
      """
    do throws(ProgramTrouble) {
      let line = try ProgramOutput.firstLine(of: ["python3", "-I", "-c", script])
      guard line.first?.isNumber != true else { return line }
      return "gave a strange answer: \(line.prefix(60)); the demos run without it"
    } catch {
      return "\(error); the demos run without it"
    }
  }

  private var limitRows: [Row] {
    [
      ("processes", Self.limit(__RLIMIT_NPROC)),
      ("open files", Self.limit(RLIMIT_NOFILE)),
    ]
  }

  /// The limit that probably stopped a run and how to raise it, or an empty string.
  private static func likelyLimit(_ trouble: String) -> String {
    var files = rlimit()
    let areFew =
      getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files) == 0
      && files.rlim_cur < fewestFiles
    if areFew || trouble.contains(String(cString: strerror(EMFILE))) {
      return
        "; \(limit(RLIMIT_NOFILE)) open files are too few; raise the limit: ulimit -n \(fewestFiles)"
    }
    guard trouble.contains(String(cString: strerror(EAGAIN))) else { return "" }
    return "; the limit of processes may be reached (\(limit(__RLIMIT_NPROC))); raise it: ulimit -u"
  }

  /// The limit of open files that is enough for every demo.
  private static let fewestFiles: rlim_t = 256

  private static func limit(_ resource: __rlimit_resource) -> String {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 else { return "unknown" }
    return limit.rlim_cur == rlim_t.max ? "no limit" : "at most \(limit.rlim_cur)"
  }

  /// Runs the smallest pool of real processes to see whether the demos can run here.
  private static func engineCheck() -> (text: String, isFine: Bool) {
    do {
      let request = try RunRequest(
        words: ["pool-sizing", "sizes=1", "tasks=1"], in: DemoCatalog(cores: 1))
      let last = LastEvents()
      let run = try LiveRun(.here(request)) { last.note($0) }
      run.wait()
      return last.summary
    } catch {
      return ("\(error)", false)
    }
  }

  private final class LastEvents: Sendable {
    private let state = Guarded((processes: 0, outcome: "no end", trouble: ""))

    func note(_ events: [Event]) {
      state.withLock { state in
        for event in events {
          if event.kind == .processStart { state.processes += 1 }
          if event.kind == .exceptionRaise { state.trouble = ": \(event.message ?? "")" }
          if let outcome = event.runOutcome { state.outcome = outcome.word }
        }
      }
    }

    var summary: (text: String, isFine: Bool) {
      state.withLock { state in
        (
          "a run with \(state.processes) child process\(state.processes == 1 ? "" : "es") "
            + state.outcome + state.trouble,
          state.outcome == RunOutcome.completed.word
        )
      }
    }
  }

  /// The names of the program's own threads.
  private var ownThreads: String {
    let names = ProcFile.names(in: "/proc/self/task").compactMap { id in
      ProcFile.text("/proc/self/task/\(id)/comm").map { String($0.prefix { $0 != "\n" }) }
    }
    guard !names.isEmpty else { return "unknown" }
    return names.sorted().joined(separator: ", ")
  }
}

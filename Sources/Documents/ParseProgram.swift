import CPlatform
import Catalog
import Glibc
import LessonKit

/// The program as the child process of a `ParseTrial`: it reads a document from standard input,
/// parses it within limits, and answers on standard output.
public enum ParseProgram {
  /// The hidden subcommand.
  static let subcommand = "__parse"
  /// The answer for a document that was parsed.
  static let success = UInt8(ascii: "y")

  /// Runs the child and does not return, if the arguments ask for it. `main` calls this before it
  /// parses arguments.
  public static func runIfAsked(_ arguments: [String]) {
    guard arguments.count > 1, arguments[1] == subcommand else { return }
    exit(run(Array(arguments.dropFirst(2))))
  }

  private static func run(_ words: [String]) -> Int32 {
    guard words.count == 4, let parent = pid_t(words[0]), let memory = UInt(words[1]),
      let milliseconds = Int(words[2])
    else { return 2 }
    guard lks_set_parent_death_signal(SIGKILL) == 0, getppid() == parent,
      limit(memory: memory, milliseconds: milliseconds)
    else { return 1 }
    let limits = DocumentLimits.opened
    guard
      let bytes = try? DocumentFile.readAll(
        0, limit: limits.bytes, name: "the document", progress: ReadingProgress(isShown: false))
    else { return 1 }
    let loader = DocumentParser.loader(DemoCatalog(cores: 1), limits)
    let text = String(decoding: bytes, as: UTF8.self)
    guard let lessons = try? loader.lessons(name: words[3], text: text) else { return 1 }
    // The parent does this next, at the same cost.
    let pages = lessons.map { $0.paged(bytes: DocumentParser.page) }
    var answer = success
    return !pages.isEmpty && write(1, &answer, 1) == 1 ? 0 : 1
  }

  /// Limits the growth of the process's memory and its processor time. The kernel kills a process
  /// that takes more.
  private static func limit(memory: UInt, milliseconds: Int) -> Bool {
    guard let now = ParseBudget.memory(.space).map(UInt.init) else { return false }
    let (most, isTooMuch) = now.addingReportingOverflow(memory)
    guard !isTooMuch else { return false }
    var space = rlimit(rlim_cur: most, rlim_max: most)
    var noFiles = rlimit(rlim_cur: 0, rlim_max: 0)
    var time = itimerval(
      it_interval: timeval(tv_sec: 0, tv_usec: 0),
      it_value: timeval(tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000))
    // A limit of processor time counts in whole seconds. A timer is more precise.
    return setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &space) == 0
      && setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &noFiles) == 0
      && setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &time, nil) == 0
  }
}

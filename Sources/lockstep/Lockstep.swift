import ArgumentParser
import CPlatform
import Catalog
import Glibc

/// The command line. Without a command it opens the tutor.
struct Lockstep: ParsableCommand {
  static let version = "0.1.0"
  /// When that version came out.
  static let released = "2026-11-24"

  static let configuration = CommandConfiguration(
    commandName: "lockstep",
    abstract: "Read about concurrency, and run it: real threads and processes beside each lesson.",
    version: version,
    subcommands: [
      OpenTutor.self,
      OpenCommand.self,
      ListCommand.self,
      RunCommand.self,
      CheckCommand.self,
      ProgressCommand.self,
      DoctorCommand.self,
      CompletionsCommand.self,
      ManCommand.self,
    ],
    defaultSubcommand: OpenTutor.self)

  /// Runs the command that the words ask for, and does not return.
  static func start(_ words: [String]) -> Never {
    // What most people type needs no parsing, and the first screen comes sooner without.
    if words.isEmpty { finish { try OpenTutor.open(nil) } }
    if words.first == Completer.word { finish { try Completer.answer(Array(words.dropFirst())) } }
    if [["--help"], ["-h"], ["help"]].contains(words) {
      finish { try OutputFile.print(CommandSheet.help() + "\n") }
    }
    do {
      var command = try parseAsRoot(words)
      finish { try command.run() }
    } catch {
      endIfHelp(error)
      Finish.fail(usageMessage(of: error), .wrongUsage)
    }
  }

  private static func finish(_ body: () throws -> Void) -> Never {
    do {
      try body()
      Finish.exit(.fine)
    } catch let failure as Failure {
      Finish.fail(failure.message, failure.status)
    } catch {
      endIfHelp(error)
      Finish.fail("\(error)", .failed)
    }
  }

  /// Help and version come as errors that are none.
  private static func endIfHelp(_ error: any Error) {
    guard exitCode(for: error).isSuccess else { return }
    print(fullMessage(for: error))
    Finish.exit(.fine)
  }

  /// One line for a command line that cannot be parsed.
  private static func usageMessage(of error: any Error) -> String {
    let text = message(for: error).split(separator: "\n").first.map(String.init) ?? "\(error)"
    return "\(text) (see: lockstep --help)"
  }

  /// The names of all commands a person may type.
  static var commandNames: [String] {
    let shown = configuration.subcommands.map { $0.configuration }.filter { $0.shouldDisplay }
    return shown.compactMap { $0.commandName } + ["help"]
  }
}

/// How the program ends.
enum ExitStatus: Int32, CaseIterable {
  case fine = 0
  case failed = 1
  case wrongUsage = 2
  case needsTerminal = 3

  /// What it means, for the help and the man page.
  var doc: String {
    switch self {
    case .fine: "all is fine"
    case .failed: "something failed, or a check found something"
    case .wrongUsage: "wrong usage"
    case .needsTerminal: "a terminal is needed and there is none"
    }
  }

  /// All statuses there are, each with what it means.
  static var table: [(status: String, doc: String)] {
    allCases.map { ("\($0.rawValue)", $0.doc) } + [("128+n", "ended by signal n")]
  }
}

/// A reason to end, in one line that says what to do.
struct Failure: Error {
  let message: String
  let status: ExitStatus

  init(_ message: String, _ status: ExitStatus = .failed) {
    self.message = message
    self.status = status
  }
}

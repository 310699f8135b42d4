import ArgumentParser
import CPlatform
import Catalog
import Glibc

/// The command line. Without a command it opens the tutor.
struct Lockstep: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "lockstep",
    abstract: "Read about concurrency, and run it: real threads and processes beside each lesson.",
    usage: """
      lockstep [LESSON[/STEP]] [--plain]
      lockstep list [--json]
      lockstep run DEMO [name=value]… [--format text|ndjson] [-o FILE]
      lockstep doctor
      """,
    discussion: """
      Examples:
        lockstep                                  open the tutor
        lockstep 4/2                              open lesson 4 at its second step
        lockstep --plain                          the tutor as plain text, for a screen reader
        lockstep run producer-consumer items=5    run a demo and print what it prints
        lockstep run pool-sizing --format ndjson | jq .kind

      Exit status: 0 fine, 1 failed, 2 wrong usage, 3 needs a terminal, 128+n ended by signal n.
      """,
    version: version,
    subcommands: [OpenTutor.self, ListCommand.self, RunCommand.self, DoctorCommand.self],
    defaultSubcommand: OpenTutor.self)

  /// Runs the command that the words ask for, and does not return.
  static func start(_ words: [String]) -> Never {
    // What most people type needs no parsing, and the first screen comes sooner without.
    if words.isEmpty { finish { try OpenTutor.open(nil) } }
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
enum ExitStatus: Int32 {
  case fine = 0
  case failed = 1
  case wrongUsage = 2
  case needsTerminal = 3
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

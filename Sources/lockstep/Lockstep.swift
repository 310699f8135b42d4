import ArgumentParser
import CPlatform
import Catalog
import Documents
import Glibc
import Manual
import Shell
import StateFiles

/// The command line. Without a command, it opens the tutor.
struct Lockstep: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lockstep",
    abstract: "Learn concurrency: lessons beside real threads and processes that you run.",
    version: Release.version,
    subcommands: [
      TutorCommand.self,
      OpenCommand.self,
      ListCommand.self,
      RunCommand.self,
      ReplayCommand.self,
      ExportCommand.self,
      CheckCommand.self,
      ProgressCommand.self,
      DoctorCommand.self,
      CompletionsCommand.self,
      ManCommand.self,
    ],
    defaultSubcommand: TutorCommand.self)

  /// Runs the command of the words and does not return.
  static func start(_ words: [String]) -> Never {
    // The most common command needs no parsing. That shows the first screen sooner.
    if words.isEmpty { finish { try TutorCommand.open(nil) } }
    if words.first == Completer.word { finish { try completion(of: Array(words.dropFirst())) } }
    if [["--help"], ["-h"], ["help"]].contains(words) {
      finish { try OutputFile.print(shown: CommandSheet.help(declaration()) + "\n") }
    }
    if words.first == "help", words.count > 1 { finishIfUnknown(words[1]) }
    do {
      var command = try parseAsRoot(words)
      finish { try command.run() }
    } catch {
      endIfHelp(error)
      // The parser takes a mistyped command for a lesson and then complains about its arguments.
      if let first = words.first, let failure = mistake(in: first) {
        Finish.fail(failure.message, failure.status)
      }
      Finish.fail(
        UsageMessage(message(for: error), words: words, commands: commandNames).text, .wrongUsage)
    }
  }

  /// The program's declarations.
  static func declaration() throws -> CommandDeclaration {
    try CommandDeclaration(root: _dumpHelp())
  }

  /// Prints the completions of the last word.
  private static func completion(of words: [String]) throws {
    let catalog = DemoCatalog(cores: Int(lks_available_cores()))
    let completer = Completer(
      root: try declaration(), catalog: catalog, course: try BuiltInCourse.load(catalog),
      documents: ProgressStore.knownDocuments)
    try OutputFile.print(completer.answer(words))
  }

  /// The failure for a first word that is not an option, a command or a lesson.
  private static func mistake(in word: String) -> Failure? {
    guard !word.hasPrefix("-"), !commandNames.contains(word) else { return nil }
    let catalog = DemoCatalog(cores: Int(lks_available_cores()))
    guard let course = try? BuiltInCourse.load(catalog) else { return nil }
    return MistakenWord(word, in: course)?.failure
  }

  /// Ends with a failure if help is asked for an unknown command.
  private static func finishIfUnknown(_ name: String) {
    guard !name.hasPrefix("-"), !commandNames.contains(name) else { return }
    let hint = Suggestion.closest(to: name, among: commandNames).map { " (did you mean \($0)?)" }
    Finish.fail(
      "no command is called \"\(name)\"\(hint ?? "; there are \(commandNames.listed)")",
      .wrongUsage)
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

  /// Prints help or version, which the parser throws as errors.
  private static func endIfHelp(_ error: any Error) {
    guard exitCode(for: error).isSuccess else { return }
    print(OutputText.shown(fullMessage(for: error)))
    Finish.exit(.fine)
  }

  /// The names of all commands.
  static var commandNames: [String] {
    let shown = configuration.subcommands.map { $0.configuration }.filter { $0.shouldDisplay }
    return shown.compactMap { $0.commandName } + ["help"]
  }
}

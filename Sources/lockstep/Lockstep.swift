import StateFiles
import Documents
import Manual
import Shell
import ArgumentParser
import CPlatform
import Catalog
import Glibc

/// The command line. Without a command it opens the tutor.
struct Lockstep: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lockstep",
    abstract: "Read about concurrency, and run it: real threads and processes beside each lesson.",
    version: Release.version,
    subcommands: [
      OpenTutor.self,
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
    defaultSubcommand: OpenTutor.self)

  /// Runs the command that the words ask for, and does not return.
  static func start(_ words: [String]) -> Never {
    // What most people type needs no parsing, and the first screen comes sooner without.
    if words.isEmpty { finish { try OpenTutor.open(nil) } }
    if words.first == Completer.word { finish { try completion(of: Array(words.dropFirst())) } }
    if [["--help"], ["-h"], ["help"]].contains(words) {
      finish { try OutputFile.print(CommandSheet.help(declaration()) + "\n") }
    }
    if words.first == "help", words.count > 1 { finishIfUnknown(words[1]) }
    do {
      var command = try parseAsRoot(words)
      finish { try command.run() }
    } catch {
      endIfHelp(error)
      // A mistyped command is taken for a lesson, and then its arguments are what is wrong.
      if let first = words.first, let failure = mistake(in: first) {
        Finish.fail(failure.message, failure.status)
      }
      Finish.fail(
        UsageMessage(message(for: error), words: words, commands: commandNames).text, .wrongUsage)
    }
  }

  /// Everything that the program declares.
  static func declaration() throws -> CommandDeclaration {
    try CommandDeclaration(root: _dumpHelp())
  }

  /// Prints how the last of the words may go on.
  private static func completion(of words: [String]) throws {
    let catalog = DemoCatalog(cores: Int(lks_available_cores()))
    let completer = Completer(
      root: try declaration(), catalog: catalog, course: try BuiltInCourse.load(catalog),
      documents: ProgressStore.knownDocuments)
    try OutputFile.print(completer.answer(words))
  }

  /// What is wrong with a first word that is no option, no command and no lesson.
  private static func mistake(in word: String) -> Failure? {
    guard !word.hasPrefix("-"), !commandNames.contains(word) else { return nil }
    let catalog = DemoCatalog(cores: Int(lks_available_cores()))
    guard let course = try? BuiltInCourse.load(catalog) else { return nil }
    return MistakenWord(word, in: course)?.failure
  }

  /// Ends where help is asked for a command that there is not.
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

  /// Help and version come as errors that are none.
  private static func endIfHelp(_ error: any Error) {
    guard exitCode(for: error).isSuccess else { return }
    print(fullMessage(for: error))
    Finish.exit(.fine)
  }

  /// The names of all commands a person may type.
  static var commandNames: [String] {
    let shown = configuration.subcommands.map { $0.configuration }.filter { $0.shouldDisplay }
    return shown.compactMap { $0.commandName } + ["help"]
  }
}

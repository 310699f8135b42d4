import ArgumentParser
import Manual
import Shell

/// `lockstep completions`: prints a script for tab completion.
struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Print a script for tab completion.",
    discussion: """
      It completes commands, options, lessons, steps, demos, parameters and files.
      In ~/.bashrc: source <(lockstep completions bash)
      In ~/.zshrc, after compinit: source <(lockstep completions zsh)
      In ~/.config/fish/config.fish: lockstep completions fish | source
      """)

  @Argument(help: "The shell: bash, zsh or fish.")
  var shell: CompletionScript.Shell

  func run() throws {
    try OutputFile.print(CompletionScript.text(for: shell))
  }
}

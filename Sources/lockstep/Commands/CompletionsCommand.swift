import Manual
import Shell
public import ArgumentParser

/// `lockstep completions`: lets a shell complete what is typed after `lockstep`.
struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Print a script that lets a shell complete with tab.",
    discussion: """
      Commands, options and their values, lessons and steps, demos and their parameters, and files.
      In ~/.bashrc: source <(lockstep completions bash)
      In ~/.zshrc, after compinit: source <(lockstep completions zsh)
      In ~/.config/fish/config.fish: lockstep completions fish | source
      """)

  @Argument(help: "Which shell the script is for.")
  var shell: CompletionScript.Shell

  func run() throws {
    try OutputFile.print(CompletionScript.text(for: shell))
  }
}

extension CompletionScript.Shell: ExpressibleByArgument {}

import ArgumentParser
import Manual
import Shell

/// `lockstep man`: prints the manual page for `man`, `mandoc` and packagers.
struct ManCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "man",
    abstract: "Print the manual.",
    discussion: """
      It is a man(7) page. To read it: lockstep man | man -l -
      To keep it: lockstep man > ~/.local/share/man/man1/lockstep.1
      """)

  func run() throws {
    try OutputFile.print(ManPage(try Lockstep.declaration()).text)
  }
}

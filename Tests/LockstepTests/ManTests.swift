import TestTerminal
import Testing
import Tutor

@Suite("Manual and help")
struct ManTests {
  private let commands = [
    "open", "list", "run", "export", "check", "progress", "doctor", "completions", "man",
  ]

  @Test("The help fits 80 columns and describes every command and option")
  func help() throws {
    let run = try Program("--help")
    #expect(run.status == 0 && run.standardError.isEmpty)
    #expect(run.lines.allSatisfy { $0.count <= 80 })
    for command in commands {
      #expect(run.lines.contains { $0.hasPrefix("lockstep \(command)") }, "\(command)")
    }
    let options = [
      "--theme", "--json", "--format text|ndjson|chrome|svg", "--format chrome|svg|text",
      "-o, --output FILE", "--strict",
    ]
    for option in options {
      #expect(run.lines.contains { $0.hasPrefix("    \(option)") }, "\(option)")
    }
    #expect(run.standardOutput.contains("Exit status: 0 success, 1 "))
    for words in [["-h"], ["help"]] {
      #expect(try Program(words).standardOutput == run.standardOutput)
    }
  }

  @Test("Every command and option is in the help and in the manual")
  func commandNames() throws {
    // The parser's help for a command ends with its list of commands.
    let help = try Program("--help").standardOutput
    let manual = try Program("man").standardOutput
    for command in commands {
      let own = try Program("help", command)
      #expect(own.status == 0 && own.standardOutput.contains("USAGE: lockstep \(command)"))
      #expect(help.contains("\nlockstep \(command)"))
      #expect(manual.contains(".B lockstep \(command)\n"))
      // Each option of the parser's help is also in our help and in the manual.
      for line in own.lines where line.hasPrefix("  -") {
        let names = line.split(separator: " ").prefix { $0.hasPrefix("-") }
        for name in names.map({ $0.hasSuffix(",") ? String($0.dropLast()) : String($0) }) {
          #expect(help.contains(name), "\(command) \(name)")
          guard !["-h", "--help", "--version"].contains(name) else { continue }
          #expect(manual.contains(name.replacingHyphens), "\(command) \(name)")
        }
      }
    }
  }

  @Test("The manual lists every key, variable, file and exit status")
  func tables() throws {
    let manual = try Program("man").standardOutput
    for binding in KeyTable.bindings {
      let doc = binding.doc.dropFirst().split(separator: "'").first ?? ""
      #expect(manual.contains(String(doc).replacingHyphens), "\(binding.doc)")
    }
    for row in WordTable.rows.flatMap(\.rows) {
      let doc = row.doc.dropFirst().split(separator: "'").first ?? ""
      #expect(manual.contains(String(doc).replacingHyphens), "\(row.words)")
    }
    for name in [
      "NO_COLOR", "FORCE_COLOR", "LOCKSTEP_ASCII", "LOCKSTEP_REDUCED_MOTION",
      "LOCKSTEP_ACCESSIBLE", "TERM", "COLORTERM", "COLORFGBG", "XDG_STATE_HOME", "XDG_CONFIG_HOME",
      "0", "1",
      "2", "3", "128+n",
    ] {
      #expect(manual.contains("\n.TP\n.B \(name)\n"), "\(name)")
    }
    #expect(manual.contains("$XDG_STATE_HOME/lockstep/progress.json"))
  }

  @Test("The manual is ASCII, and no text line is a roff request")
  func source() throws {
    let run = try Program("man")
    #expect(run.standardOutput.utf8.allSatisfy { $0 == 10 || (0x20..<0x7F).contains($0) })
    let requests: Set = [
      ".TH", ".SH", ".SS", ".TP", ".B", ".PP", ".br", ".nh", ".ad", ".nf", ".fi", ".RS", ".RE",
    ]
    for line in run.lines where line.hasPrefix(".") || line.hasPrefix("'") {
      #expect(requests.contains(String(line.prefix { $0 != " " })), "\(line)")
    }
    // At the start of a line, the key "." would be a request.
    #expect(run.lines.contains(".B ."))
  }

  @Test("No paragraph of the manual breaks off in a sentence, and examples keep their lines")
  func paragraphs() throws {
    let lines = try Program("man").lines
    for (index, line) in lines.enumerated() where line == ".PP" {
      let first = lines[index + 1].drop { $0 == "\\" }
      #expect(first.first?.isUppercase == true || first.hasPrefix(".nf"), "\(first)")
      // roff breaks the paragraph at a line that begins with a space.
      #expect(!first.hasPrefix(" "))
    }
    let example = try #require(lines.firstIndex { $0.hasPrefix("lockstep progress notes.md ") })
    #expect(lines[..<example].last { $0 == ".nf" || $0 == ".fi" } == ".nf")
  }

  @Test("mandoc has no warnings about the manual")
  func mandoc() throws {
    guard try Program.bash("command -v mandoc").status == 0 else { return }
    let run = try Program.bash("lockstep man | mandoc -Tlint -W warning")
    #expect(run.status == 0 && run.standardOutput.isEmpty, "\(run.standardOutput)")
  }
}

extension String {
  /// The text in the markup of the manual.
  fileprivate var replacingHyphens: String {
    split(separator: "-", omittingEmptySubsequences: false).joined(separator: "\\-")
  }
}

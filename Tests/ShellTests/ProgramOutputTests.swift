import Glibc
import SystemPackage
import TestFaults
import TestTerminal
import Testing

@testable import Shell

@Suite("Output of another program", .faultMatrix)
struct ProgramOutputTests {
  @Test("Output is read up to a limit, and a program that prints forever is killed")
  func endless() throws {
    let bytes = try ProgramOutput(of: ["sh", "-c", "echo $$; exec yes"]).bytes
    #expect(bytes.count >= 65_536 && bytes.count < 80_000)
    let pid = try #require(pid_t(String(decoding: bytes.prefix { $0 != 10 }, as: UTF8.self)))
    #expect(kill(pid, 0) != 0 && errno == ESRCH)
  }

  @Test("Cat returns its input, and only the first line is waited for")
  func input() throws {
    let input = [UInt8](repeating: 7, count: 50_000)
    #expect(try ProgramOutput(of: ["cat"], input: input).bytes == input)
    #expect(try ProgramOutput.firstLine(of: ["printf", "one\\ntwo\\n"]) == "one")
    // The sleeper keeps the pipe open.
    #expect(try ProgramOutput.firstLine(of: ["sh", "-c", "sleep 100 & echo one; wait"]) == "one")
  }

  @Test("Row 95: The trouble says why a program gave no answer")
  func trouble() throws {
    let folder = try TemporaryFolder()
    try folder.write("#!/bin/sh\n", to: "plain")
    func trouble(_ words: String...) -> ProgramTrouble? {
      do throws(ProgramTrouble) {
        _ = try ProgramOutput.firstLine(of: words)
        return nil
      } catch {
        return error
      }
    }
    #expect(trouble("/no/such/program") == .notFound)
    #expect(trouble("no-such-program") == .notFound)
    #expect(trouble(folder("plain")) == .cannotStart(.permissionDenied))
    #expect(trouble("false") == .ended(status: 1))
    #expect(trouble("true") == .printedNothing)
    #expect(trouble("sh", "-c", "kill -9 $$") == .endedBySignal(9))
  }

  @Test("Row 95: A program that hangs is stopped together with what it started")
  func hangs() throws {
    let folder = try TemporaryFolder()
    let script = "sleep 1000 & echo $! > \(folder("inner")); wait"
    let output = try ProgramOutput(of: ["sh", "-c", script])
    #expect(output.bytes.isEmpty && output.trouble == .isSilent(seconds: 5))
    #expect(
      output.trouble?.description == "did not answer within 5 s and was stopped")
    let inner = try #require(
      Kernel.text(of: folder("inner"))?.split(separator: "\n").first.flatMap { pid_t($0) })
    #expect(Kernel.waitForEnd(of: inner))
  }

  @Test("Row 97: The program has no open files but its standard three")
  func descriptors() throws {
    let output = try ProgramOutput(of: ["sh", "-c", "ls /proc/$$/fd"])
    let names = String(decoding: output.bytes, as: UTF8.self).split(separator: "\n")
    #expect(names == ["0", "1", "2"])
  }

  @Test("Row 97: The program gets the variables that it needs, and no secrets")
  func environment() {
    for name in ["PATH", "HOME", "LC_ALL", "PYENV_ROOT"] {
      #expect(ChildProgram.isPassedOn(name))
    }
    for name in ["GITHUB_TOKEN", "AWS_SECRET_ACCESS_KEY", "LD_PRELOAD", "PYTHONPATH", "PS1"] {
      #expect(!ChildProgram.isPassedOn(name))
    }
  }

  @Test("The program has no terminal")
  func terminal() throws {
    let output = try ProgramOutput(
      of: ["sh", "-c", "(exec 3< /dev/tty) 2> /dev/null && echo some || echo none"])
    #expect(String(decoding: output.bytes, as: UTF8.self).hasPrefix("none\n"))
  }
}

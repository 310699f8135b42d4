import Glibc
import TestTerminal
import Testing

@testable import Shell

@Suite("Output of another program")
struct ProgramOutputTests {
  @Test("Output is read up to a limit, and a program that prints forever is killed")
  func endless() throws {
    let bytes = try #require(ProgramOutput.bytes(of: ["sh", "-c", "echo $$; exec yes"]))
    #expect(bytes.count >= 65_536 && bytes.count < 80_000)
    let pid = try #require(pid_t(String(decoding: bytes.prefix { $0 != 10 }, as: UTF8.self)))
    #expect(kill(pid, 0) != 0 && errno == ESRCH)
  }

  @Test("A missing program gives nil, and cat returns its input")
  func input() {
    #expect(ProgramOutput.bytes(of: ["/no/such/program"]) == nil)
    let input = [UInt8](repeating: 7, count: 50_000)
    #expect(ProgramOutput.bytes(of: ["cat"], input: input) == input)
    #expect(ProgramOutput.firstLine(of: ["printf", "one\\ntwo\\n"]) == "one")
  }

  @Test("The program has no open files but its standard three")
  func descriptors() throws {
    let bytes = try #require(ProgramOutput.bytes(of: ["sh", "-c", "ls /proc/$$/fd"]))
    let names = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    #expect(names == ["0", "1", "2"])
  }
}

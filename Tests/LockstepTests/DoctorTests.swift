import TestTerminal
import Testing

@Suite("The doctor")
struct DoctorTests {
  @Test("names the limit that keeps the demos from running", arguments: [8, 12])
  func fewFiles(limit: Int) throws {
    let run = try Program.bash("ulimit -n \(limit); lockstep doctor")
    #expect(run.status == 1)
    #expect(run.standardOutput.contains("a run with 0 child processes failed"))
    #expect(run.standardError.contains("at most \(limit) open files are too few (ulimit -n 256)"))
  }
}

import TestTerminal
import Testing

@Suite("lockstep doctor")
struct DoctorTests {
  @Test("A low limit of open files is named as the cause", arguments: [8, 12])
  func fewFiles(limit: Int) throws {
    let run = try Program.bash("ulimit -n \(limit); lockstep doctor")
    #expect(run.status == 1)
    #expect(run.standardOutput.contains("a run with 0 child processes failed"))
    #expect(
      run.standardError.contains(
        "at most \(limit) open files are too few; raise the limit: ulimit -n 256"))
  }
}

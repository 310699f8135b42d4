import Testing

@testable import Recordings

@Suite("The progress of an export")
struct ExportProgressTests {
  @Test("of a large recording tells each percent once, on one line, and takes it away again")
  func progress() {
    var told: [String] = []
    var progress = ExportProgress(size: ExportProgress.least) { told.append($0) }
    let percent = ExportProgress.least / 100 + 1
    for bytes in [0, 10, percent, percent + 10, 50 * percent, 2 * ExportProgress.least] {
      progress.show(bytes)
    }
    progress.clear()
    #expect(
      told == [
        "\r0 % read", "\r1 % read", "\r50 % read", "\r100 % read", "\r             \r",
      ])
  }

  @Test(
    "of a small recording, or of one whose size nobody knows, tells nothing",
    arguments: [nil, 0, ExportProgress.least - 1])
  func noProgress(_ size: Int?) {
    var told: [String] = []
    var progress = ExportProgress(size: size) { told.append($0) }
    progress.show(1)
    progress.clear()
    #expect(told.isEmpty)
  }
}

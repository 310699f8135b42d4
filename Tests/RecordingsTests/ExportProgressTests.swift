import Testing

@testable import Recordings

@Suite("Export progress")
struct ExportProgressTests {
  @Test("A large recording shows each percent once on one line, then clears it")
  func progress() {
    var messages: [String] = []
    var progress = ExportProgress(size: ExportProgress.least) { messages.append($0) }
    let percent = ExportProgress.least / 100 + 1
    for bytes in [0, 10, percent, percent + 10, 50 * percent, 2 * ExportProgress.least] {
      progress.show(bytes)
    }
    progress.clear()
    #expect(
      messages == [
        "\r0 % read", "\r1 % read", "\r50 % read", "\r100 % read", "\r             \r",
      ])
  }

  @Test(
    "A small recording or one of unknown size shows nothing",
    arguments: [nil, 0, ExportProgress.least - 1])
  func noProgress(_ size: Int?) {
    var messages: [String] = []
    var progress = ExportProgress(size: size) { messages.append($0) }
    progress.show(1)
    progress.clear()
    #expect(messages.isEmpty)
  }
}

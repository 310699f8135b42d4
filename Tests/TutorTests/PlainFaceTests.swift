internal import Testing

@testable import Tutor

@Suite("Choosing the full screen or plain mode")
struct PlainFaceTests {
  private static let usual = TutorFace.Facts(
    isAsked: false, isInputTerminal: true, isOutputTerminal: true, terminalType: "xterm-256color")

  private static func facts(_ change: (inout TutorFace.Facts) -> Void) -> TutorFace.Facts {
    var facts = usual
    change(&facts)
    return facts
  }

  @Test("A capable terminal gets the full screen by default")
  func screen() {
    #expect(TutorFace(Self.usual) == .screen)
  }

  @Test(
    "Plain mode is used on request, or if the terminal has no screen or keys",
    arguments: [
      facts { $0.isAsked = true },
      facts { $0.isInputTerminal = false }, facts { $0.isOutputTerminal = false },
      facts { $0.terminalType = "dumb" },
      facts {
        $0.isInputTerminal = false
        $0.isOutputTerminal = false
        $0.terminalType = nil
      },
    ])
  func plain(_ facts: TutorFace.Facts) {
    #expect(TutorFace(facts) == .plain(reason: nil))
  }

  @Test("If TERM is missing on a terminal, a sentence says why")
  func noType() throws {
    guard case .plain(let reason?) = TutorFace(Self.facts { $0.terminalType = nil }) else {
      Issue.record("the face is not plain, or does not say why")
      return
    }
    #expect(reason.contains("TERM is not set") && reason.hasSuffix("."))
  }
}

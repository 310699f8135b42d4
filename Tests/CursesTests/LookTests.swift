import Screen
import Testing

@testable import Curses

@Suite("How the screen looks")
struct LookTests {
  struct Case: CustomTestStringConvertible {
    var asked = LookChoices()
    var kept = LookChoices()
    var variables: [String: String] = [:]
    var colors = 256
    var hasUTF8 = true
    /// `theme/background colours characters`.
    let wanted: String

    var testDescription: String { "\(asked) \(kept) \(variables) \(colors)" }
  }

  static let cases = [
    // What nobody says anything about.
    Case(wanted: "dark/dark 256 UTF-8"),
    Case(colors: 8, wanted: "dark/dark 8 UTF-8"),
    Case(colors: 16, wanted: "dark/dark 16 UTF-8"),
    Case(colors: 88, wanted: "dark/dark 16 UTF-8"),
    Case(colors: -1, wanted: "dark/dark 0 UTF-8"),
    Case(hasUTF8: false, wanted: "dark/dark 256 ASCII"),
    // The background.
    Case(variables: ["COLORFGBG": "0;15"], wanted: "light/light 256 UTF-8"),
    Case(variables: ["COLORFGBG": "0;default;7"], wanted: "light/light 256 UTF-8"),
    Case(variables: ["COLORFGBG": "15;0"], wanted: "dark/dark 256 UTF-8"),
    Case(variables: ["COLORFGBG": "15;default"], wanted: "dark/dark 256 UTF-8"),
    Case(variables: ["COLORFGBG": ";;\u{1B}"], wanted: "dark/dark 256 UTF-8"),
    // Colours in the environment.
    Case(variables: ["NO_COLOR": "1"], wanted: "dark/dark 0 UTF-8"),
    Case(variables: ["NO_COLOR": ""], wanted: "dark/dark 256 UTF-8"),
    Case(variables: ["FORCE_COLOR": "0"], wanted: "dark/dark 0 UTF-8"),
    Case(variables: ["FORCE_COLOR": "false"], wanted: "dark/dark 0 UTF-8"),
    Case(variables: ["FORCE_COLOR": "1"], wanted: "dark/dark 16 UTF-8"),
    Case(variables: ["FORCE_COLOR": "1"], colors: 8, wanted: "dark/dark 8 UTF-8"),
    Case(variables: ["FORCE_COLOR": "2", "NO_COLOR": "1"], wanted: "dark/dark 256 UTF-8"),
    Case(variables: ["FORCE_COLOR": "3"], colors: 0, wanted: "dark/dark 0 UTF-8"),
    Case(variables: ["FORCE_COLOR": "-9 \u{7}"], wanted: "dark/dark 256 UTF-8"),
    // Themes: asked for before the environment, kept after it.
    Case(asked: LookChoices(theme: .light), wanted: "light/light 256 UTF-8"),
    Case(
      asked: LookChoices(theme: .redGreenSafe), kept: LookChoices(theme: .dark),
      variables: ["COLORFGBG": "0;15"], wanted: "red-green-safe/light 256 UTF-8"),
    Case(
      asked: LookChoices(theme: .highContrast), variables: ["COLORFGBG": "0;15", "NO_COLOR": "1"],
      wanted: "high-contrast/dark 256 UTF-8"),
    Case(
      kept: LookChoices(theme: .light), variables: ["NO_COLOR": "1"],
      wanted: "light/light 0 UTF-8"),
    Case(
      kept: LookChoices(theme: .light), variables: ["COLORFGBG": "15;0"],
      wanted: "light/light 256 UTF-8"),
    Case(asked: LookChoices(theme: .monochrome), wanted: "none/dark 256 UTF-8"),
    // Symbols.
    Case(asked: LookChoices(isASCII: true), wanted: "dark/dark 256 ASCII"),
    Case(variables: ["LOCKSTEP_ASCII": "1"], wanted: "dark/dark 256 ASCII"),
    Case(variables: ["LOCKSTEP_ASCII": "yes"], wanted: "dark/dark 256 ASCII"),
    Case(variables: ["LOCKSTEP_ASCII": ""], wanted: "dark/dark 256 UTF-8"),
    Case(kept: LookChoices(isASCII: true), wanted: "dark/dark 256 ASCII"),
    Case(
      kept: LookChoices(isASCII: true), variables: ["LOCKSTEP_ASCII": "0"],
      wanted: "dark/dark 256 UTF-8"),
    Case(
      asked: LookChoices(isASCII: true), variables: ["LOCKSTEP_ASCII": "0"],
      wanted: "dark/dark 256 ASCII"),
    Case(
      asked: LookChoices(isASCII: false), variables: ["TERM": "linux"],
      wanted: "dark/dark 256 ASCII"),
    Case(variables: ["TERM": "vt220"], colors: -1, wanted: "dark/dark 0 ASCII"),
    Case(variables: ["TERM": "vte-256color"], wanted: "dark/dark 256 UTF-8"),
  ]

  @Test("follows from wishes, environment and abilities", arguments: cases)
  func decides(_ given: Case) {
    var variables = given.variables
    if variables["TERM"] == nil { variables["TERM"] = "xterm-256color" }
    let look = Look(
      LookWishes(asked: given.asked, kept: given.kept),
      environment: TerminalEnvironment(variables),
      abilities: TerminalAbilities(colors: given.colors, hasUTF8: given.hasUTF8))
    let text =
      "\(look.theme.kind.rawValue)/\(look.theme.background) \(look.colorDepth.rawValue)"
      + " \(look.isASCII ? "ASCII" : "UTF-8")"
    #expect(text == given.wanted)
    #expect(look.characterText.hasPrefix(look.isASCII ? "ASCII, " : "UTF-8, "))
    let hasColors = look.colorDepth != .none && look.theme.kind != .monochrome
    #expect(look.colorText.hasPrefix(hasColors ? "\(look.colorDepth.rawValue), " : "none, "))
  }

  @Test("is told with its reason")
  func reasons() {
    func look(_ variables: [String: String], _ wishes: LookWishes = LookWishes()) -> Look {
      Look(
        wishes,
        environment: TerminalEnvironment(variables.merging(["TERM": "xterm"]) { one, _ in one }),
        abilities: TerminalAbilities(colors: 8, hasUTF8: true))
    }
    #expect(look(["NO_COLOR": "1"]).colorText == "none, because NO_COLOR is set")
    #expect(look(["FORCE_COLOR": "0"]).colorText == "none, because FORCE_COLOR refuses them")
    #expect(
      look(["COLORFGBG": "0;15"]).colorText
        == "8, as many as the terminal has; theme light, because COLORFGBG says so")
    #expect(
      look(["TERM": "vt100"]).characterText
        == "ASCII, because terminals of type vt100 lack the symbols")
    #expect(look(["LOCKSTEP_ASCII": "1"]).characterText == "ASCII, because LOCKSTEP_ASCII says so")
    let kept = LookWishes(kept: LookChoices(theme: .highContrast, isASCII: true))
    #expect(look([:], kept).characterText == "ASCII, as set before")
    #expect(look([:], kept).colorText.hasSuffix("theme high-contrast, as set before"))
  }

  @Test("moves less where the option, then the environment, then the kept settings say so")
  func motion() {
    func isReduced(_ asked: Bool?, _ variable: String?, _ kept: Bool?) -> Bool? {
      let variables = variable.map { ["LOCKSTEP_REDUCED_MOTION": $0] } ?? [:]
      let wishes = LookWishes(
        asked: LookChoices(hasReducedMotion: asked), kept: LookChoices(hasReducedMotion: kept))
      return wishes.settled(in: TerminalEnvironment(variables)).hasReducedMotion
    }
    #expect(isReduced(nil, nil, nil) == nil)
    #expect(isReduced(nil, nil, true) == true)
    #expect(isReduced(nil, "0", true) == false)
    #expect(isReduced(nil, "1", false) == true)
    #expect(isReduced(nil, "", false) == false)
    #expect(isReduced(true, "0", false) == true)
  }

  @Test("changes at once with what a person sets, and only with that")
  func changes() {
    var wishes = LookWishes(asked: LookChoices(theme: .light), kept: LookChoices(isASCII: true))
    let environment = TerminalEnvironment(["NO_COLOR": "1", "TERM": "xterm"])
    let abilities = TerminalAbilities(colors: 256, hasUTF8: true)
    func look() -> Look { Look(wishes, environment: environment, abilities: abilities) }
    var old = wishes.settled(in: environment)
    var new = old
    new.isASCII = false
    wishes.change(from: old, to: new)
    #expect(!look().isASCII && look().theme == .light)
    old = new
    new.theme = nil
    wishes.change(from: old, to: new)
    // Nobody asks for a theme any more: NO_COLOR counts again.
    #expect(look().colorDepth == .none && look().theme == .dark)
    old = new
    new.theme = .dark
    wishes.change(from: old, to: new)
    #expect(look().colorDepth == .colors256)
  }
}

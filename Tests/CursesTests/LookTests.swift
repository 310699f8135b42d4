import Screen
import Testing

@testable import Curses

@Suite("The look of the screen")
struct LookTests {
  struct Case: CustomTestStringConvertible {
    var session = LookChoices()
    var saved = LookChoices()
    var variables: [String: String] = [:]
    var colors = 256
    var hasUTF8 = true
    /// `theme/background colours characters`.
    let expected: String

    var testDescription: String { "\(session) \(saved) \(variables) \(colors)" }
  }

  static let cases = [
    // Defaults.
    Case(expected: "dark/dark 256 UTF-8"),
    Case(colors: 8, expected: "dark/dark 8 UTF-8"),
    Case(colors: 16, expected: "dark/dark 16 UTF-8"),
    Case(colors: 88, expected: "dark/dark 16 UTF-8"),
    Case(colors: -1, expected: "dark/dark 0 UTF-8"),
    Case(hasUTF8: false, expected: "dark/dark 256 ASCII"),
    // The background.
    Case(variables: ["COLORFGBG": "0;15"], expected: "light/light 256 UTF-8"),
    Case(variables: ["COLORFGBG": "0;default;7"], expected: "light/light 256 UTF-8"),
    Case(variables: ["COLORFGBG": "15;0"], expected: "dark/dark 256 UTF-8"),
    Case(variables: ["COLORFGBG": "15;default"], expected: "dark/dark 256 UTF-8"),
    Case(variables: ["COLORFGBG": ";;\u{1B}"], expected: "dark/dark 256 UTF-8"),
    // Colours in the environment.
    Case(variables: ["NO_COLOR": "1"], expected: "dark/dark 0 UTF-8"),
    Case(variables: ["NO_COLOR": ""], expected: "dark/dark 256 UTF-8"),
    Case(variables: ["FORCE_COLOR": "0"], expected: "dark/dark 0 UTF-8"),
    Case(variables: ["FORCE_COLOR": "false"], expected: "dark/dark 0 UTF-8"),
    Case(variables: ["FORCE_COLOR": "1"], expected: "dark/dark 16 UTF-8"),
    Case(variables: ["FORCE_COLOR": "1"], colors: 8, expected: "dark/dark 8 UTF-8"),
    Case(variables: ["FORCE_COLOR": "2", "NO_COLOR": "1"], expected: "dark/dark 256 UTF-8"),
    Case(variables: ["FORCE_COLOR": "3"], colors: 0, expected: "dark/dark 0 UTF-8"),
    Case(variables: ["FORCE_COLOR": "-9 \u{7}"], expected: "dark/dark 256 UTF-8"),
    // Themes: the session overrides the environment, which overrides saved choices.
    Case(session: LookChoices(theme: .light), expected: "light/light 256 UTF-8"),
    Case(
      session: LookChoices(theme: .redGreenSafe), saved: LookChoices(theme: .dark),
      variables: ["COLORFGBG": "0;15"], expected: "red-green-safe/light 256 UTF-8"),
    Case(
      session: LookChoices(theme: .highContrast),
      variables: ["COLORFGBG": "0;15", "NO_COLOR": "1"],
      expected: "high-contrast/dark 256 UTF-8"),
    Case(
      saved: LookChoices(theme: .light), variables: ["NO_COLOR": "1"],
      expected: "light/light 0 UTF-8"),
    Case(
      saved: LookChoices(theme: .light), variables: ["COLORFGBG": "15;0"],
      expected: "light/light 256 UTF-8"),
    Case(session: LookChoices(theme: .monochrome), expected: "none/dark 256 UTF-8"),
    // Symbols.
    Case(session: LookChoices(isASCII: true), expected: "dark/dark 256 ASCII"),
    Case(variables: ["LOCKSTEP_ASCII": "1"], expected: "dark/dark 256 ASCII"),
    Case(variables: ["LOCKSTEP_ASCII": "yes"], expected: "dark/dark 256 ASCII"),
    Case(variables: ["LOCKSTEP_ASCII": ""], expected: "dark/dark 256 UTF-8"),
    Case(saved: LookChoices(isASCII: true), expected: "dark/dark 256 ASCII"),
    Case(
      saved: LookChoices(isASCII: true), variables: ["LOCKSTEP_ASCII": "0"],
      expected: "dark/dark 256 UTF-8"),
    Case(
      session: LookChoices(isASCII: true), variables: ["LOCKSTEP_ASCII": "0"],
      expected: "dark/dark 256 ASCII"),
    Case(
      session: LookChoices(isASCII: false), variables: ["TERM": "linux"],
      expected: "dark/dark 256 ASCII"),
    Case(variables: ["TERM": "vt220"], colors: -1, expected: "dark/dark 0 ASCII"),
    Case(variables: ["TERM": "vte-256color"], expected: "dark/dark 256 UTF-8"),
  ]

  @Test("depends on preferences, environment and capabilities", arguments: cases)
  func decides(_ given: Case) {
    var variables = given.variables
    if variables["TERM"] == nil { variables["TERM"] = "xterm-256color" }
    let look = Look(
      LookPreferences(session: given.session, saved: given.saved),
      environment: TerminalEnvironment(variables),
      capabilities: TerminalCapabilities(colors: given.colors, hasUTF8: given.hasUTF8))
    let text =
      "\(look.theme.kind.rawValue)/\(look.theme.background) \(look.colorDepth.rawValue)"
      + " \(look.isASCII ? "ASCII" : "UTF-8")"
    #expect(text == given.expected)
    #expect(look.characterSummary.hasPrefix(look.isASCII ? "ASCII, " : "UTF-8, "))
    let hasColors = look.colorDepth != .none && look.theme.kind != .monochrome
    #expect(look.colorSummary.hasPrefix(hasColors ? "\(look.colorDepth.rawValue), " : "none, "))
  }

  @Test("is described with its reason")
  func reasons() {
    func look(_ variables: [String: String], _ preferences: LookPreferences = LookPreferences())
      -> Look
    {
      Look(
        preferences,
        environment: TerminalEnvironment(variables.merging(["TERM": "xterm"]) { one, _ in one }),
        capabilities: TerminalCapabilities(colors: 8, hasUTF8: true))
    }
    #expect(look(["NO_COLOR": "1"]).colorSummary == "none, because NO_COLOR is set")
    #expect(look(["FORCE_COLOR": "0"]).colorSummary == "none, because FORCE_COLOR refuses them")
    #expect(
      look(["COLORFGBG": "0;15"]).colorSummary
        == "8, as many as the terminal has; theme light, because COLORFGBG says so")
    #expect(
      look(["TERM": "vt100"]).characterSummary
        == "ASCII, because terminals of type vt100 lack the symbols")
    #expect(
      look(["LOCKSTEP_ASCII": "1"]).characterSummary == "ASCII, because LOCKSTEP_ASCII says so")
    let saved = LookPreferences(saved: LookChoices(theme: .highContrast, isASCII: true))
    #expect(look([:], saved).characterSummary == "ASCII, as set before")
    #expect(look([:], saved).colorSummary.hasSuffix("theme high-contrast, as set before"))
  }

  @Test("has reduced motion by the option, or else the environment, or else the saved settings")
  func motion() {
    func isReduced(_ session: Bool?, _ variable: String?, _ saved: Bool?) -> Bool? {
      let variables = variable.map { ["LOCKSTEP_REDUCED_MOTION": $0] } ?? [:]
      let preferences = LookPreferences(
        session: LookChoices(hasReducedMotion: session), saved: LookChoices(hasReducedMotion: saved)
      )
      return preferences.resolved(in: TerminalEnvironment(variables)).hasReducedMotion
    }
    #expect(isReduced(nil, nil, nil) == nil)
    #expect(isReduced(nil, nil, true) == true)
    #expect(isReduced(nil, "0", true) == false)
    #expect(isReduced(nil, "1", false) == true)
    #expect(isReduced(nil, "", false) == false)
    #expect(isReduced(true, "0", false) == true)
  }

  @Test("changes only with the choices that the user changes")
  func changes() {
    var preferences = LookPreferences(
      session: LookChoices(theme: .light), saved: LookChoices(isASCII: true))
    let environment = TerminalEnvironment(["NO_COLOR": "1", "TERM": "xterm"])
    let capabilities = TerminalCapabilities(colors: 256, hasUTF8: true)
    func look() -> Look { Look(preferences, environment: environment, capabilities: capabilities) }
    var old = preferences.resolved(in: environment)
    var new = old
    new.isASCII = false
    preferences.change(from: old, to: new)
    #expect(!look().isASCII && look().theme == .light)
    old = new
    new.theme = nil
    preferences.change(from: old, to: new)
    // Without a chosen theme, NO_COLOR applies again.
    #expect(look().colorDepth == .none && look().theme == .dark)
    old = new
    new.theme = .dark
    preferences.change(from: old, to: new)
    #expect(look().colorDepth == .colors256)
  }
}

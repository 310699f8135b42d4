import Screen
import Testing

@testable import Curses

@Suite("The clipboard")
struct ClipboardTests {
  @Test(
    "is available in known terminals, and may be in others",
    arguments: [
      ([:], false, .none), (["TERM": "xterm"], true, .possible), (["TERM": "xterm"], false, .none),
      (["TERM": "xterm-kitty"], false, .certain), (["TERM": "alacritty-direct"], false, .certain),
      (["TERM": "foot-extra"], false, .certain), (["TERM": "wezterm"], false, .certain),
      (["TERM": "xterm-ghostty"], false, .certain), (["TERM": "contour"], false, .certain),
      (["TERM": "rio"], false, .certain),
      (["TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"], true, .certain),
      (["TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"], true, .certain),
      (["TERM": "xterm-256color", "TERM_PROGRAM": "vscode"], true, .certain),
      (["TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"], true, .possible),
      (["TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"], true, .none),
      (["TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"], true, .certain),
      (["TERM": "xterm-256color", "VTE_VERSION": "7200"], true, .none),
      (["TERM": "tmux-256color"], true, .possible), (["TERM": "screen-256color"], false, .possible),
      (["TERM": "screen", "STY": "1.pts"], false, .none),
      (["TERM": "screen", "TMUX": "/tmp/x", "KITTY_WINDOW_ID": "1"], false, .possible),
      (["TERM": "linux"], false, .none), (["TERM": "\u{1B}]52"], false, .none),
    ] as [([String: String], Bool, Clipboard.Support)])
  func support(variables: [String: String], hasCapability: Bool, expected: Clipboard.Support) {
    let environment = TerminalEnvironment(variables)
    #expect(Clipboard.support(environment, hasCapability: hasCapability) == expected)
  }

  @Test(
    "gets base64 text according to RFC 4648",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"), ("漢\u{7}\n", "5ryiBwo="), ("ÿ?>", "w78/Pg=="),
    ])
  func base64(text: String, encoded: String) {
    #expect(Clipboard.base64(text.utf8) == encoded)
  }

  @Test("gets no text that is longer than terminals accept")
  func limit() {
    let most = Clipboard.limit / 4 * 3
    #expect(Clipboard.sequence(for: String(repeating: "x", count: most)) != nil)
    #expect(Clipboard.sequence(for: String(repeating: "x", count: most + 3)) == nil)
  }

  @Test("gets text without control characters except newlines and tabs")
  func pasteSafe() {
    #expect(Sanitizer.pasteSafe("a\r\nb\rc\n\td") == "a\nb\nc\n\td")
    #expect(Sanitizer.pasteSafe("\u{1B}[31mrm\u{7}\u{0}\u{9B}2J\u{7F}é漢👩‍👧") == "[31mrm2Jé漢👩‍👧")
  }
}

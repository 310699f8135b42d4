import Catalog
import LessonKit
import Pty
import TestFaults
import Testing

@testable import Documents

/// The inputs of cmark's own tests against quadratic and exponential parsing, and those of reported
/// crashes.
@Suite("Pathological Markdown", .faultMatrix)
struct PathologicalTests {
  private static let inputs: [(name: String, text: String)] = {
    func times(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
    return [
      ("nested strong emphasis", times("*a **a ", 65_000) + "b" + times(" a** a*", 65_000)),
      ("many closers of emphasis", times("a_ ", 65_000)),
      ("many openers of emphasis", times("_a ", 65_000)),
      ("many closers of links", times("a]", 65_000)),
      ("many openers of links", times("[a", 65_000)),
      ("mismatched openers and closers", times("*a_ ", 50_000)),
      ("openers and closers, multiple of 3", "a**b" + times("c* ", 50_000)),
      ("link openers and emphasis closers", times("[ a_", 50_000)),
      ("pattern [ (](", times("[ (](", 80_000)),
      ("pattern ![[]()", times("![[]()", 160_000)),
      ("hard link and emphasis", times("**x [a*b**c*](d)", 5_000)),
      ("nested brackets", times("[", 50_000) + "a" + times("]", 50_000)),
      ("nested block quotes", times("> ", 50_000) + "a"),
      ("deeply nested lists", (0..<1_000).map { times("  ", $0) + "* a\n" }.joined()),
      ("backticks", (1..<2_500).map { "e" + times("`", $0) }.joined()),
      ("unclosed <!--", "</" + times("<!--", 300_000)),
      ("unclosed links", times("[a](<b", 30_000)),
      ("unclosed links without <", times("[a](b", 30_000)),
      ("unclosed <?", "</" + times("<?", 300_000)),
      ("unclosed <!A", "</" + times("<!A ", 200_000)),
      ("unclosed CDATA", "</" + times("<![CDATA[", 100_000)),
      ("empty references", times("[a]: u\n", 1) + times("[a][]", 50_000)),
      ("unused references", (0..<40_000).map { "[\($0)]: u\n" }.joined()),
      ("tables", times("abc\ndef\n", 1) + "-|\n" + times("x\n", 30_000)),
      (
        "many cells",
        "|" + times("x|", 2_000) + "\n|" + times("-|", 2_000) + "\n" + times("|\n", 5_000)
      ),
      ("footnotes", times("[^a]\n", 20_000) + "[^a]: x\n"),
      ("strikethrough", times("~", 100_000) + "a" + times("~", 100_000)),
      ("autolinks", times("www.", 50_000)), ("mail addresses", times("a@", 50_000)),
      ("stars around a letter", times("*", 30_000) + "x" + times("*", 30_000)),
      ("quotes without end", times("> ", 25_000)), ("lists without end", times("- ", 30_000)),
      ("brackets without end", times("[", 50_000)), ("entities", times("&#1234567;", 50_000)),
      ("a table of 100,000 rows", "|a|b|\n|-|-|\n" + times("|c|d|\n", 100_000)),
      ("100,000 references", (0..<100_000).map { "[r\($0)]: /u\n" }.joined() + "[r1]"),
      ("100,000 footnotes", (0..<100_000).map { "[^\($0)]: n\n\n" }.joined() + "x[^1]"),
    ]
  }()

  @Test(
    "Rows 68, 69 and 70: Crafted Markdown becomes a lesson, parsed or as plain text, in bounded time",
    arguments: inputs.map(\.name))
  func parsed(name: String) throws {
    let text = try #require(Self.inputs.first { $0.name == name }?.text)
    var trial = ParseTrial()
    trial.program = try Program.path
    // A third of what the program allows, so that the suite stays short.
    trial.processorTime = 200
    let parser = DocumentParser(catalog: DemoCatalog(cores: 2), trial: trial)
    let clock = ContinuousClock()
    let began = clock.now
    let lessons = try parser.lessons(
      name: "crafted.md", bytes: Array(text.utf8), budget: ParseBudget(),
      progress: ReadingProgress(isShown: false))
    #expect(!lessons.isEmpty && lessons.allSatisfy { !$0.steps.isEmpty })
    // The trial gives up after 5 s. Without it, some of these take minutes.
    #expect(clock.now - began < .seconds(20))
  }
}

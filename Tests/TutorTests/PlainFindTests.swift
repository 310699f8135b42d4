internal import Testing

@testable import Plain
@testable import Tutor

@Suite("Finding words in plain mode")
struct PlainFindTests {
  @Test("Words are found across the lessons, and a number opens a match")
  func find() throws {
    var stage = try PlainStage()
    stage.type("find zebra crossing")
    #expect(stage.says("Nothing was found for \"zebra crossing\"."))
    stage.type("find does python lose counts")
    #expect(stage.says("1 Lesson 4, step 8, Does Python lose counts?"))
    stage.type("1")
    #expect(stage.says("Step 8 of 9: Does Python lose counts?"))
    stage.type("find")
    #expect(stage.says("Find needs words"))
  }

  @Test("Words are found in any order, and a capital letter matches only itself")
  func findCase() throws {
    let text = "# A page\n\nOne lock and its\u{A0}Holder.\n"
    for (words, isFound) in [
      ("lock", true), ("holder lock", true), ("Holder", true), ("its Holder", true),
      ("LOCK", false), ("Lock", false), ("holder Lock", false), ("Holder locks", false),
    ] {
      var stage = try PlainStage(document: text)
      stage.type("find \(words)")
      #expect(stage.says("Found in 1 step.") == isFound, "\(words)")
    }
  }

  @Test("A search finds the text as it is now")
  func findChanged() throws {
    var stage = try PlainStage()
    stage.type("find 777")
    #expect(stage.says("Nothing was found"))
    stage.type("items=777", "find 777")
    #expect(stage.says("1 Lesson 4, step 1, ") && stage.says("with items 777"))
    stage.type("defaults", "find 777")
    #expect(stage.says("Nothing was found"))
  }
}

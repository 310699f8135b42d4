import Catalog
import Lessons
import Testing

@testable import LessonKit

@Suite("Code that resembles a demo's listing is followed by an offer")
struct ResemblanceTests {
  static let listings = BuiltInLessons.files.filter { $0.name.hasSuffix(".py") }
    .map { Listing(name: $0.name, text: $0.text) }
  static let resemblance = DemoResemblance(catalog: catalog, listings: listings)

  private static func demo(for code: String, language: String? = "python") -> String? {
    resemblance.demo(for: CodeBlock(language: language, text: code, line: 1))
  }

  @Test("A listing resembles its own demo and no other; a few have too little that is theirs alone")
  func own() {
    var unknown = 0
    for demo in catalog.demos {
      let text = Self.listings.first { $0.name == demo.listing }?.text ?? ""
      let found = Self.demo(for: text)
      #expect(found == demo.id || found == nil, "\(demo.id)")
      #expect(Self.demo(for: text, language: nil) == found)
      #expect(Self.demo(for: text, language: "ruby") == nil)
      if found == nil { unknown += 1 }
    }
    #expect(unknown <= 4)
  }

  @Test(
    "Other names, other delays, more prints and other ways to write it still match",
    arguments: ResemblingCode.all.keys.sorted())
  func resembling(name: String) throws {
    let code = try #require(ResemblingCode.all[name])
    for text in code.texts {
      #expect(Self.demo(for: text) == code.demo)
    }
  }

  @Test("A line of thousands of names is read in linear time", .timeLimit(.minutes(1)))
  func longLine() {
    let traits = CodeTraits(String(repeating: "a,", count: 30_000))
    #expect(traits.lines == 1)
  }

  @Test("Other programs with threads and processes, tiny pieces and prose do not")
  func strange() {
    for text in ResemblingCode.strange {
      #expect(Self.demo(for: text) == nil, "\(text)")
    }
  }
}

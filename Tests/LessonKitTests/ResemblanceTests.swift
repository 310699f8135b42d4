import Catalog
import Lessons
import TestNumbers
import Testing

@testable import LessonKit

@Suite("The resemblance of code to listings")
struct ResemblanceTests {
  static let listings = BuiltInLessons.files.filter { $0.name.hasSuffix(".py") }
    .map { Listing(name: $0.name, text: $0.text) }
  static let resemblance = DemoResemblance(catalog: catalog, listings: listings)

  private static func demo(for code: String, language: String? = "python") -> String? {
    resemblance.demo(for: CodeBlock(language: language, text: code, line: 1))
  }

  @Test("matches a listing with its own demo only, except for a few with no unusual traits")
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
    "matches code with other names, delays, prints and idioms",
    arguments: ResemblingCode.all.keys.sorted())
  func resembling(name: String) throws {
    let code = try #require(ResemblingCode.all[name])
    for text in code.texts {
      #expect(Self.demo(for: text) == code.demo)
    }
  }

  @Test("reads a line of thousands of names in linear time")
  func longLine() {
    let growth = TimeGrowth.measure(upTo: 8_000) { count in
      #expect(CodeTraits(String(repeating: "a,", count: count)).lines == 1)
    }
    #expect(growth < TimeGrowth.quadratic)
  }

  @Test("does not match other programs with threads and processes, short code or prose")
  func strange() {
    for text in ResemblingCode.strange {
      #expect(Self.demo(for: text) == nil, "\(text)")
    }
  }
}

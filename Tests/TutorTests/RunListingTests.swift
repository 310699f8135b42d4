import Catalog
import LessonKit
import Lessons
import Testing

@testable import RunViews

@Suite("A listing with the values of a run")
struct RunListingTests {
  private static let catalog = DemoCatalog(cores: 2)

  private func lines(_ words: String...) throws -> [RunListing.Line] {
    let request = try RunRequest(words: words, in: Self.catalog)
    let name = request.demo.listing
    let text = try #require(BuiltInLessons.listing(named: name))
    return RunListing(Listing(name: name, text: text), request: request).lines
  }

  private func changed(_ lines: [RunListing.Line]) -> [String] {
    lines.filter { $0.change == .value }.map(\.text)
  }

  @Test("The defaults change no line of the course text's programs")
  func defaults() throws {
    for demo in ["producer-consumer", "factorial", "pool-sizing"] {
      #expect(try lines(demo).allSatisfy { $0.change == .none }, "\(demo)")
    }
  }

  @Test("Counts, times and spans are replaced, and the listing's own value is remarked")
  func values() throws {
    #expect(
      changed(try lines("producer-consumer", "items=3", "remove-delay=50ms", "consumers=2")) == [
        "items = 3  # 10 in the listing",
        "add_delay, remove_delay = 0.1, 0.05"
          + "  # 0.15 in the listing; seconds before each add and each try to remove",
        "producers, consumers = 1, 2  # 1 in the listing; threads that add, threads that remove",
      ])
    #expect(
      changed(try lines("pool-sizing", "sizes=1...8", "work=200us")) == [
        "sizes = range(1, 9)  # range(1, 6) in the listing",
        "work = 0.0002  # 0.0 in the listing; seconds of computing in each task",
      ])
  }

  @Test("Words and switches are replaced")
  func words() throws {
    #expect(
      changed(try lines("factorial", "order=down", "workers=3")) == [
        "workers = 3  # None in the listing; "
          + "the default: four threads more than the machine has cores, at most 32",
        "order = \"down\"  # \"up\" in the listing; or \"down\", the largest number first",
      ])
    #expect(
      changed(try lines("lost-update", "lock=on")) == ["use_lock = True  # False in the listing"])
  }

  @Test("A line that the run leaves out is marked")
  func leftOut() throws {
    let lines = try lines("producer-consumer", "lock=off")
    let out = lines.filter { $0.change == .leftOut }
    #expect(out.count == 2)
    #expect(out.allSatisfy { $0.text.contains("with list_lock:") })
    #expect(out.allSatisfy { $0.text.hasSuffix("# left out in this run") })
    // The number of the lines does not change, because events name lines by number.
    let listing = try #require(BuiltInLessons.listing(named: "producer_consumer.py"))
    #expect(lines.count == Listing(name: "", text: listing).lines.count)
  }

  @Test("The listing of another demo stays as it is")
  func other() throws {
    let request = try RunRequest(words: ["producer-consumer", "items=3"], in: Self.catalog)
    let listing = Listing(name: "other.py", text: "items = 10\n")
    #expect(RunListing(listing, request: request).lines.map(\.text) == ["items = 10"])
    #expect(RunListing(listing, request: nil).lines.map(\.text) == ["items = 10"])
  }

  @Test("With any values of any demo, each changed line sets what the run uses")
  func everyDemo() throws {
    for demo in Self.catalog.demos {
      let text = try #require(BuiltInLessons.listing(named: demo.listing))
      let request = try RunRequest(words: [demo.id], in: Self.catalog)
      for line in RunListing(Listing(name: demo.listing, text: text), request: request).lines
      where line.change == .value {
        // The listing's own value is smaller where Python is slower.
        #expect(line.text.contains(" in the listing"), "\(demo.id): \(line.text)")
      }
    }
  }
}

import Catalog
import Lessons
import Testing

@Suite("The list")
struct ListTests {
  @Test("lockstep list --json names every lesson, step, demo and parameter")
  func json() throws {
    let run = try Program("list", "--json")
    #expect(run.status == 0 && run.lines.count == 1)
    for demo in DemoCatalog(cores: 2).demos {
      #expect(run.standardOutput.contains("{\"id\":\"\(demo.id)\",\"title\":\"\(demo.title)\""))
      for parameter in demo.parameters {
        #expect(
          run.standardOutput.contains(
            "{\"name\":\"\(parameter.name)\",\"type\":\"\(parameter.kind.name)\",\"default\":"))
      }
    }
    #expect(
      run.standardOutput.hasPrefix("{\"lessons\":[{\"number\":4,\"id\":\"producer-consumer\""))
  }

  @Test("Every document is listed")
  func documents() throws {
    let run = try Program("list")
    #expect(
      BuiltInLessons.documents.count
        == run.lines.filter { $0.hasPrefix("  ") && $0.dropFirst(2).first?.isNumber == true }.count)
  }
}

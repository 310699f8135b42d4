import ExportChecks
import Testing

@Suite("The check of Chrome traces")
struct ChromeCheckTests {
  private static let names = [
    #"{"ph":"M","pid":1,"name":"process_name","args":{"name":"p"}}"#,
    #"{"ph":"M","pid":1,"tid":2,"name":"thread_name","args":{"name":"A"}}"#,
  ]

  private static func problems(_ events: [String]) -> [String] {
    let all = (names + events).joined(separator: ",")
    return ChromeCheck(Array(#"{"traceEvents":[\#(all)],"displayTimeUnit":"ms"}"#.utf8)).problems
  }

  private static func event(_ phase: String, _ time: String, _ more: String = "") -> String {
    #"{"ph":"\#(phase)","pid":1,"tid":2,"ts":\#(time),"name":"x","cat":"c"\#(more)}"#
  }

  @Test("A sound trace has no problems")
  func sound() {
    #expect(
      Self.problems([
        Self.event("B", "1.000"), Self.event("B", "1.001"), Self.event("s", "1.002", #","id":1"#),
        Self.event("i", "1.003"), Self.event("E", "1.004"), Self.event("B", "1.005"),
        Self.event("f", "1.006", #","id":1,"bp":"e""#), Self.event("E", "2.000"),
        Self.event("E", "3.000"),
        Self.event("b", "1.000", #","id":4"#), Self.event("e", "1.000", #","id":4"#),
        Self.event("C", "1.000", #","args":{"size":0}"#),
        Self.event("C", "1.001", #","args":{"size":2}"#),
      ])
        == [])
  }

  /// A trace with one fault, and what is said of it.
  struct Broken: Sendable {
    let problem: String
    let events: [String]

    init(_ problem: String, _ events: String...) {
      self.problem = problem
      self.events = events
    }
  }

  private static let broken: [Broken] = [
    Broken("slices never end", event("B", "1.000")),
    Broken("has not begun", event("E", "1.000")),
    Broken("not later", event("B", "1.000"), event("E", "1.000")),
    Broken("not later", event("B", "2.000"), event("E", "1.000")),
    Broken("three decimals", event("i", "1.0")),
    Broken("three decimals", event("i", "1")),
    Broken("three decimals", event("i", "-1.000")),
    Broken("never ends", event("b", "1.000", #","id":1"#)),
    Broken("no other end", event("e", "1.000", #","id":1"#)),
    Broken("no other end", event("b", "1.000", #","id":1"#), event("b", "2.000", #","id":1"#)),
    Broken("is negative", event("C", "1.000", #","args":{"size":-1}"#)),
    Broken(
      "later than before", event("C", "1.000", #","args":{"size":1}"#),
      event("C", "1.000", #","args":{"size":2}"#)),
    Broken("unknown phase X", event("X", "1.000")),
    Broken(
      "in no slice", event("s", "1.000", #","id":1"#), event("B", "2.000"),
      event("f", "2.500", #","id":1,"bp":"e""#), event("E", "3.000")),
    Broken(
      "only one end", event("B", "1.000"), event("s", "2.000", #","id":1"#), event("E", "3.000")),
    Broken(
      "back in time", event("B", "1.000"), event("s", "2.500", #","id":1"#),
      event("f", "2.000", #","id":1,"bp":"e""#), event("E", "3.000")),
    Broken(
      "does not bind", event("B", "1.000"), event("s", "2.000", #","id":1"#),
      event("f", "2.500", #","id":1"#), event("E", "3.000")),
    Broken(
      "two events at", event("B", "1.000"), event("s", "2.000", #","id":1"#),
      event("f", "2.000", #","id":1,"bp":"e""#), event("E", "3.000")),
  ]

  @Test("A broken trace is refused", arguments: broken)
  private func refused(_ broken: Broken) {
    let found = Self.problems(broken.events)
    #expect(found.contains { $0.contains(broken.problem) }, "\(found)")
  }

  @Test("A row without a name is refused")
  func nameless() {
    let found = Self.problems([#"{"ph":"i","pid":1,"tid":3,"ts":1.000,"name":"x"}"#])
    #expect(found == ["1/3 has no name"])
  }

  @Test(
    "What is no JSON by the letter is refused",
    arguments: [
      "", "{", "[1,]", #"{"a":1,}"#, #"{"a":1,"a":2}"#, "01", "1.", "+1", "nul", #""\x""#, "\"\n\"",
      "[1] 2", "'a'", "[1 2]", #"{"a" 1}"#, #"{a:1}"#, "\"abc", #""\ud800""#,
    ])
  func noJSON(_ text: String) {
    #expect(throws: StrictJSON.Problem.self) { try StrictJSON.parse(Array(text.utf8)) }
  }

  @Test("JSON is read as it is meant")
  func json() throws {
    let text = #" {"a":[1,-2.50,1e9,"\u0041\n\"",true,null],"b":{}} "#
    let value = try StrictJSON.parse(Array(text.utf8))
    #expect(
      value["a"]?.array == [
        .number("1"), .number("-2.50"), .number("1e9"), .string("A\n\""), .bool(true), .null,
      ])
    #expect(value["b"]?.members?.isEmpty == true)
  }
}

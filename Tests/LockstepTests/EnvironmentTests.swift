import Curses
import StateFiles
import Testing

@testable import Manual

@Suite("Environment variables")
struct EnvironmentTests {
  private static let documented = Set(
    EnvironmentTable.rows.flatMap { row in
      row.name.split(separator: ",").map { String($0.drop { $0 == " " }) }
    })

  /// The variables that the program reads by default.
  private static var used: Set<String> {
    var names = Set(TerminalEnvironment.names)
    func ask(_ name: String) -> String? {
      names.insert(name)
      return nil
    }
    _ = try? StateFolder.state(ask)
    _ = try? StateFolder.configuration(ask)
    return names
  }

  @Test("Exactly the variables that are read are documented")
  func documented() {
    let used = Self.used
    #expect(used.subtracting(Self.documented).isEmpty)
    #expect(Self.documented.subtracting(used).isEmpty)
  }
}

/// Opens the tutor on a new terminal.
/// - Parameter environment: variables in addition to those of all tests.
public func openTutor(
  _ arguments: String..., columns: Int = 120, rows: Int = 40,
  environment: [String: String] = [:]
) throws -> TestTerminal {
  try TestTerminal(
    columns: columns, rows: rows, path: try Program.path, arguments: arguments,
    environment: TestTerminal.environment.merging(environment) { $1 })
}

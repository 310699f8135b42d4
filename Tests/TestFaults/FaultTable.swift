internal import Pty

/// The table of the fault matrix in `Tests/FAULTS.md`.
public enum FaultTable {
  public struct Row: Sendable {
    public let number: Int
    public let fault: String
    /// The names of the test files, without their endings. Empty if the row does not apply.
    public let tests: [String]
    /// "tested", or why the row is not tested.
    public let verdict: String
  }

  /// The folder of all tests.
  public static let testsFolder = String(#filePath.dropLast("/TestFaults/FaultTable.swift".count))

  /// The rows of the table, in its order.
  public static let kept: [Row] = {
    let text = String(decoding: contents(of: testsFolder + "/FAULTS.md") ?? [], as: UTF8.self)
    return text.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.trimming(" ") }
      guard cells.count >= 6, let number = Int(cells[1]) else { return nil }
      return Row(
        number: number, fault: cells[2],
        tests: cells[3].split(separator: ",").map { $0.trimming(" `") }, verdict: cells[4])
    }
  }()
}

extension Substring {
  fileprivate func trimming(_ characters: String) -> String {
    var rest = self[...]
    while let first = rest.first, characters.contains(first) { rest = rest.dropFirst() }
    while let last = rest.last, characters.contains(last) { rest = rest.dropLast() }
    return String(rest)
  }
}

public import Testing

/// Counts the rows of the fault matrix (`Tests/FAULTS.md`) that ran. Every suite with a test whose
/// name starts with "Row 61:" or "Rows 13 and 14:" has this trait.
public struct FaultMatrix: SuiteTrait, TestTrait, TestScoping {
  public var isRecursive: Bool { true }

  public func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    FaultCount.shared.run(rows: FaultRow.numbers(inTestName: test.displayName ?? ""))
    try await function()
  }
}

extension Trait where Self == FaultMatrix {
  public static var faultMatrix: Self { FaultMatrix() }
}

/// Rows of the fault matrix.
public enum FaultRow {
  /// The numbers in "Row 61: …", "Rows 13 and 14: …" or "Rows 1, 2 and 3: …".
  public static func numbers(inTestName name: String) -> [Int] {
    guard name.hasPrefix("Row "), let end = name.firstIndex(of: ":") else {
      guard name.hasPrefix("Rows "), let end = name.firstIndex(of: ":") else { return [] }
      return numbers(in: name[..<end].dropFirst(5))
    }
    return numbers(in: name[..<end].dropFirst(4))
  }

  private static func numbers(in text: Substring) -> [Int] {
    text.split { $0 == " " || $0 == "," }.compactMap { Int($0) }
  }
}

internal import Glibc
internal import Synchronization

/// The rows that ran in this process, and what was missing. Printed when the process ends, so that
/// the last lines of the suite say how much of the matrix was tested.
final class FaultCount: Sendable {
  static let shared = FaultCount()

  private struct Count {
    var rows: Set<Int> = []
    var missing: Set<String> = []
  }

  private let count = Mutex(Count())

  private init() {
    atexit { FaultCount.shared.printSummary() }
  }

  func run(rows: [Int]) { count.withLock { $0.rows.formUnion(rows) } }

  func miss(_ tool: Tool) {
    count.withLock { _ = $0.missing.insert("\(tool.rawValue) (apt-get install \(tool.package))") }
  }

  func missNamespace() {
    count.withLock { _ = $0.missing.insert("a mount namespace (unshare -rm, or root)") }
  }

  func missOtherUser() {
    count.withLock { _ = $0.missing.insert("another user who can run the program (root, setpriv)") }
  }

  private func printSummary() {
    let (rows, missing) = count.withLock { ($0.rows, $0.missing.sorted()) }
    let table = FaultTable.kept
    let tested = table.filter { !$0.tests.isEmpty }
    var lines = [
      "Fault matrix: \(rows.count) of \(tested.count) tested rows ran; \(table.count - tested.count) "
        + "of \(table.count) rows do not apply (Tests/FAULTS.md)."
    ]
    if !missing.isEmpty {
      lines.append("Fault matrix: tests were SKIPPED, missing: \(missing.joined(separator: ", ")).")
    }
    print(lines.joined(separator: "\n"))
  }
}

/// Which tasks of a pool are open. Those that ended at the front are forgotten, so that it stays
/// as small as the span from the oldest open task to the newest.
struct TaskWindow: Sendable, Equatable {
  enum Phase: Sendable {
    case unseen, submitted, started, ended
  }

  /// The number of the first task that is not forgotten; nil before the first task.
  private var first: Int?
  private var phases = ChunkedDeque<Phase>()
  /// Tasks that are submitted or started.
  private(set) var open = 0

  /// No window is wider: a number farther off comes from a damaged recording.
  static let greatestWidth = 1 << 24
  /// How far a number may lie beyond the newest.
  static let greatestGap = 1 << 16

  /// About how many bytes a copy does not share with the window once it has moved on.
  var ownBytes: Int { phases.ownBytes }

  func phase(of number: Int) -> Phase {
    guard let first else { return .unseen }
    if number < first { return .ended }
    let index = number - first
    return index < phases.count ? phases[index] : .unseen
  }

  /// Moves a task on; false where its number is out of all bounds.
  mutating func set(_ number: Int, _ phase: Phase) -> Bool {
    guard number >= 0, number < Int(Int32.max) else { return false }
    let start = first ?? number
    first = start
    guard number >= start else { return true }  // It has ended, and stays so.
    let index = number - start
    guard index < phases.count + Self.greatestGap, index < Self.greatestWidth else { return false }
    while phases.count <= index { phases.append(.unseen) }
    let wasOpen = phases[index] == .submitted || phases[index] == .started
    let isOpen = phase == .submitted || phase == .started
    open += (isOpen ? 1 : 0) - (wasOpen ? 1 : 0)
    phases[index] = phase
    while phases.first == .ended {
      phases.popFirst()
      first = (first ?? number) + 1
    }
    return true
  }
}

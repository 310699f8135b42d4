/// The phases of a pool's tasks, from the oldest open task to the newest. Older tasks have ended
/// and are dropped.
struct TaskWindow: Sendable, Equatable {
  enum Phase: Sendable {
    case unseen, submitted, started, ended
  }

  /// The number of the first task in the window, or nil before the first task.
  private var first: Int?
  private var phases = ChunkedDeque<Phase>()
  /// How many tasks are submitted or started.
  private(set) var open = 0

  /// The limit of the window's width. Only a damaged recording exceeds it.
  static let maxWidth = 1 << 24
  /// How far a new number may exceed the newest.
  static let maxGap = 1 << 16

  /// About how many bytes a copy no longer shares once the window has moved.
  var ownBytes: Int { phases.ownBytes }

  func phase(of number: Int) -> Phase {
    guard let first else { return .unseen }
    if number < first { return .ended }
    let index = number - first
    return index < phases.count ? phases[index] : .unseen
  }

  /// Sets the phase of a task; false if its number is out of bounds.
  mutating func set(_ number: Int, _ phase: Phase) -> Bool {
    guard number >= 0, number < Int(Int32.max) else { return false }
    let start = first ?? number
    first = start
    guard number >= start else { return true }  // It has ended already.
    let index = number - start
    guard index < phases.count + Self.maxGap, index < Self.maxWidth else { return false }
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

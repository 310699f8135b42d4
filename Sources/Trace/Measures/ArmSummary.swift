import Events

/// The measures of a demo that compares several arms, such as `threads` and `processes`. Their
/// names have the form `ARM: QUANTITY`.
public struct ArmSummary: Sendable, Equatable {
  /// The values of one arm.
  public struct Arm: Sendable, Equatable {
    /// The arm's name, such as `2 workers`.
    public let name: String
    /// The values in the quantity's unit, in the order of measuring; never empty.
    public fileprivate(set) var values: [Int64]

    /// The median; the greater of the two middle values if their number is even.
    public var median: Int64 { values.sorted()[values.count / 2] }
    /// The smallest value.
    public var least: Int64 { values.min() ?? 0 }
    /// The greatest value.
    public var most: Int64 { values.max() ?? 0 }
  }

  /// One quantity of several arms.
  public struct Quantity: Sendable, Equatable {
    /// The quantity's name, such as `wall`.
    public let name: String
    /// `ns`, `B`, `%`, `/100` for hundredths, or empty for a count.
    public let unit: String
    /// The arms, in the order in which the run first measured them in any quantity.
    public fileprivate(set) var arms: [Arm]

    /// The greatest value of any arm, at least 0.
    public var greatest: Int64 { max(0, arms.map(\.most).max() ?? 0) }
    /// Whether an arm has several values, and so a range.
    public var hasRounds: Bool { arms.contains { $0.values.count > 1 } }
  }

  /// The quantities, in the order of their first measures.
  public private(set) var quantities: [Quantity] = []
  /// The names of all arms, in the order of their first measures.
  private var names: [String] = []

  /// More than any screen can show; only a damaged recording exceeds them.
  private static let maxArms = 256
  private static let maxQuantities = 64
  private static let maxValues = 10_000

  /// Folds a measure; ignores other events.
  mutating func note(_ event: Event) {
    guard event.kind == .measure, let value = event.value.flatMap({ Int64($0) }),
      let name = event.name, let (arm, quantity) = Self.parts(of: name),
      // A number over time is shown as a strip, not as a bar.
      !quantity.hasSuffix(Event.overTimeSuffix),
      let place = place(ofQuantity: quantity, unit: event.unit ?? ""),
      let rank = rank(ofArm: arm)
    else { return }
    // In place: with a second reference to the arms, each append would copy all values.
    if let index = quantities[place].arms.firstIndex(where: { $0.name == arm }) {
      guard quantities[place].arms[index].values.count < Self.maxValues else { return }
      quantities[place].arms[index].values.append(value)
    } else {
      let index =
        quantities[place].arms.firstIndex { (names.firstIndex(of: $0.name) ?? 0) > rank }
        ?? quantities[place].arms.count
      quantities[place].arms.insert(Arm(name: arm, values: [value]), at: index)
    }
  }

  /// The two parts of a name such as `threads: wall`, or nil for any other name.
  public static func parts(of name: String) -> (arm: String, quantity: String)? {
    let bytes = name.utf8
    // By bytes, since a run may have a hundred thousand measures.
    guard
      let colon = bytes.indices.last(where: { index in
        let next = bytes.index(after: index)
        return bytes[index] == UInt8(ascii: ":") && next < bytes.endIndex
          && bytes[next] == UInt8(ascii: " ")
      })
    else { return nil }
    let arm = name[..<colon]
    let quantity = name[bytes.index(colon, offsetBy: 2)...]
    return arm.isEmpty || quantity.isEmpty ? nil : (String(arm), String(quantity))
  }

  private mutating func place(ofQuantity name: String, unit: String) -> Int? {
    if let place = quantities.firstIndex(where: { $0.name == name && $0.unit == unit }) {
      return place
    }
    guard quantities.count < Self.maxQuantities else { return nil }
    quantities.append(Quantity(name: name, unit: unit, arms: []))
    return quantities.count - 1
  }

  private mutating func rank(ofArm name: String) -> Int? {
    if let rank = names.firstIndex(of: name) { return rank }
    guard names.count < Self.maxArms else { return nil }
    names.append(name)
    return names.count - 1
  }
}

public import Events

/// What a demo measured in arms that are to be compared, such as `threads` and `processes`: for each
/// quantity each arm's values, from measures named `ARM: QUANTITY`.
public struct ArmSummary: Sendable, Equatable {
  /// The values of one arm, as often as it was measured.
  public struct Arm: Sendable, Equatable {
    /// What the demo calls it, such as `2 workers`.
    public let name: String
    /// In the quantity's unit, in the order in which they were measured; never empty.
    public fileprivate(set) var values: [Int64]

    /// The middle value; of an even number of values the greater of the two in the middle.
    public var median: Int64 { values.sorted()[values.count / 2] }
    /// The smallest value.
    public var least: Int64 { values.min() ?? 0 }
    /// The greatest value.
    public var most: Int64 { values.max() ?? 0 }
  }

  /// One thing that was measured of several arms.
  public struct Quantity: Sendable, Equatable {
    /// What it is, such as `wall`.
    public let name: String
    /// `ns`, `B`, `%`, `/100` for hundredths, or nothing for what is counted.
    public let unit: String
    /// In the order in which arms were first measured in the run, whatever was measured of them.
    public fileprivate(set) var arms: [Arm]

    /// The greatest value of any arm; 0 where all are below.
    public var greatest: Int64 { max(0, arms.map(\.most).max() ?? 0) }
    /// Whether some arm was measured more than once, so that it has a range.
    public var hasRounds: Bool { arms.contains { $0.values.count > 1 } }
  }

  /// In the order of their first measures.
  public private(set) var quantities: [Quantity] = []
  /// All arms in the order of their first measures.
  private var names: [String] = []

  /// What no screen could show comes from a damaged recording.
  private static let mostArms = 256
  private static let mostQuantities = 64
  private static let mostValues = 10_000

  /// A summary that has seen no measurement yet.
  public init() {}

  /// Takes in what the demo measured; other events change nothing.
  public mutating func note(_ event: Event) {
    guard event.kind == .measure, let value = event.value.flatMap({ Int64($0) }),
      let name = event.name, let (arm, quantity) = Self.parts(of: name),
      // What is a strip under the lanes need not be a bar as well.
      !quantity.hasSuffix(Event.overTimeSuffix),
      let place = place(ofQuantity: quantity, unit: event.unit ?? ""),
      let rank = rank(ofArm: arm)
    else { return }
    // In place: a copy of the arms, for as long as it lived, would have each value copied as well.
    if let index = quantities[place].arms.firstIndex(where: { $0.name == arm }) {
      guard quantities[place].arms[index].values.count < Self.mostValues else { return }
      quantities[place].arms[index].values.append(value)
    } else {
      let index =
        quantities[place].arms.firstIndex { (names.firstIndex(of: $0.name) ?? 0) > rank }
        ?? quantities[place].arms.count
      quantities[place].arms.insert(Arm(name: arm, values: [value]), at: index)
    }
  }

  /// `threads: wall` in its two parts; nil for the name of anything else.
  public static func parts(of name: String) -> (arm: String, quantity: String)? {
    let bytes = name.utf8
    // Bytes are looked at, from the end, since a run may measure a hundred thousand times.
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
    guard quantities.count < Self.mostQuantities else { return nil }
    quantities.append(Quantity(name: name, unit: unit, arms: []))
    return quantities.count - 1
  }

  private mutating func rank(ofArm name: String) -> Int? {
    if let rank = names.firstIndex(of: name) { return rank }
    guard names.count < Self.mostArms else { return nil }
    names.append(name)
    return names.count - 1
  }
}

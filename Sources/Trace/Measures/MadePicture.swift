public import Events

/// A picture that workers make row by row, from results named `row N`.
public struct MadePicture: Sendable {
  /// A row and who made it.
  public struct Row: Sendable, Equatable {
    /// The worker that recorded it.
    public let actor: ActorID
    /// One character a column.
    public let text: String
  }

  /// By number, from the least to the greatest so far; nil where none has come yet.
  public private(set) var rows: [Row?] = []
  /// The number of the first row.
  private var first: Int?
  /// How many rows are there.
  public private(set) var made = 0
  /// Who made rows and how many, in the order of their first.
  public private(set) var makers: [(actor: ActorID, rows: Int)] = []
  /// How many columns the widest row has.
  public private(set) var columns = 0

  /// More rows come from a damaged recording.
  private static let mostRows = 10_000

  /// A picture of which no row has come.
  public init() {}

  /// The number of the row that a result brings; nil for any other result.
  public static func number(ofResult name: String) -> Int? {
    let words = name.split(separator: " ")
    guard words.count == 2, words[0] == "row", let number = Int(words[1]), number >= 0 else {
      return nil
    }
    return number
  }

  /// Takes in a row; other events change nothing.
  public mutating func note(_ event: Event) {
    guard event.kind == .result, let number = event.name.flatMap(Self.number(ofResult:)),
      let text = event.value, number < Self.mostRows
    else { return }
    // Rows are numbered from 0 or from 1.
    let start = min(first ?? 1, number == 0 ? 0 : 1)
    if let first, start < first { rows.insert(nil, at: 0) }
    first = start
    let index = number - start
    while rows.count <= index { rows.append(nil) }
    if let former = rows[index] { forget(former) } else { made += 1 }
    rows[index] = Row(actor: event.actor, text: text)
    columns = max(columns, text.count)
    if let place = makers.firstIndex(where: { $0.actor == event.actor }) {
      makers[place].rows += 1
    } else {
      makers.append((event.actor, 1))
    }
  }

  /// A row that is made again is no longer the work of who made it before.
  private mutating func forget(_ row: Row) {
    guard let place = makers.firstIndex(where: { $0.actor == row.actor }) else { return }
    makers[place].rows -= 1
    if makers[place].rows == 0 { makers.remove(at: place) }
  }
}

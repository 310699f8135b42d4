public import Events

/// A picture that workers compute row by row, in results named `row N`.
public struct MadePicture: Sendable {
  /// A row of the picture.
  public struct Row: Sendable, Equatable {
    /// The worker that computed it.
    public let actor: ActorID
    /// One character for each column.
    public let text: String
  }

  /// The rows from the first to the last so far; nil for a row that has not come yet.
  public private(set) var rows: [Row?] = []
  /// The number of the first row.
  private var first: Int?
  /// How many rows have come.
  public private(set) var made = 0
  /// The workers and how many rows each has computed, in the order of their first.
  public private(set) var makers: [(actor: ActorID, rows: Int)] = []
  /// The width of the widest row.
  public private(set) var columns = 0

  /// The limit of rows. Only a damaged recording exceeds it.
  private static let maxRows = 10_000

  /// The row number in the name of a result, or nil for any other result.
  public static func number(ofResult name: String) -> Int? {
    let words = name.split(separator: " ")
    guard words.count == 2, words[0] == "row", let number = Int(words[1]), number >= 0 else {
      return nil
    }
    return number
  }

  /// Folds a row; ignores other events.
  mutating func note(_ event: Event) {
    guard event.kind == .result, let number = event.name.flatMap(Self.number(ofResult:)),
      let text = event.value, number < Self.maxRows
    else { return }
    // Row numbers start at 0 or at 1.
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

  /// Takes a row that is computed again from its first worker.
  private mutating func forget(_ row: Row) {
    guard let place = makers.firstIndex(where: { $0.actor == row.actor }) else { return }
    makers[place].rows -= 1
    if makers[place].rows == 0 { makers.remove(at: place) }
  }
}

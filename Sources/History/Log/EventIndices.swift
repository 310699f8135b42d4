import Trace

/// The indices of some of a log's events, ascending; cheap to copy while they grow.
public struct EventIndices: RandomAccessCollection, Sendable {
  private var rows = ChunkedDeque<Int>(shift: 9)

  public var startIndex: Int { 0 }
  public var endIndex: Int { rows.count }

  public subscript(place: Int) -> Int { rows[place] }

  mutating func append(_ index: Int) { rows.append(index) }
}

/// A row that grows at the end and shrinks at the front, made of pieces that its copies share.
///
/// A copy costs one reference per piece, and a change after it copies one piece only, so that a
/// checkpoint of a long list is cheap. Adding, taking and looking up are O(1) (taking also moves
/// the references of the pieces, once per piece).
///
/// Inlinable, so that a module that uses one has its own code for its elements.
public struct ChunkedDeque<Element> {
  @usableFromInline var chunks: [[Element]] = []
  /// How many of the first chunk's elements were taken.
  @usableFromInline var head = 0
  @usableFromInline let shift: Int
  @usableFromInline var length = 0

  /// How many elements there are.
  @inlinable public var count: Int { length }

  /// - Parameter shift: the binary logarithm of how many elements a piece has.
  @inlinable
  public init(shift: Int = 8) { self.shift = shift }

  @inlinable var size: Int { 1 << shift }

  /// Whether there are no elements.
  @inlinable public var isEmpty: Bool { count == 0 }
  /// The element at the front, or nil.
  @inlinable public var first: Element? { isEmpty ? nil : self[0] }
  /// The element at the end, or nil.
  @inlinable public var last: Element? { isEmpty ? nil : self[count - 1] }

  /// The element at a place counted from the front, from 0, which must be below `count`.
  @inlinable
  public subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count, "ChunkedDeque: \(index) of \(count)")
      let place = head + index
      return chunks[place >> shift][place & (size - 1)]
    }
    _modify {
      precondition(index >= 0 && index < count, "ChunkedDeque: \(index) of \(count)")
      let place = head + index
      yield &chunks[place >> shift][place & (size - 1)]
    }
  }

  /// Adds an element at the end.
  @inlinable
  public mutating func append(_ element: Element) {
    if head + count == chunks.count << shift {
      chunks.append([])
      // The first piece of a short row stays short; further pieces will be filled.
      if count >= size { chunks[chunks.count - 1].reserveCapacity(size) }
    }
    chunks[chunks.count - 1].append(element)
    length += 1
  }

  /// Takes the front, if there is one.
  @discardableResult
  @inlinable
  public mutating func popFirst() -> Element? {
    guard count > 0 else { return nil }
    let element = chunks[0][head]
    head += 1
    length -= 1
    if head == size {
      chunks.removeFirst()
      head = 0
    } else if count == 0 {
      chunks[0].removeAll(keepingCapacity: true)
      head = 0
    }
    return element
  }

  /// Takes the end, if there is one.
  @discardableResult
  @inlinable
  public mutating func popLast() -> Element? {
    guard count > 0 else { return nil }
    let element = chunks[chunks.count - 1].removeLast()
    length -= 1
    if count == 0 {
      chunks.removeAll()
      head = 0
    } else if chunks[chunks.count - 1].isEmpty {
      chunks.removeLast()
    }
    return element
  }

  /// About how many bytes a copy does not share with the row once both of its ends have moved on.
  var ownBytes: Int {
    let pieces = Swift.min(count, 2 * size) * MemoryLayout<Element>.stride
    return pieces + chunks.count * MemoryLayout<[Element]>.stride
  }

  /// The elements of a range, in order.
  @inlinable
  public func slice(_ range: Range<Int>) -> [Element] {
    range.clamped(to: 0..<count).map { self[$0] }
  }

  /// The first index whose element does not satisfy a condition that holds for a front part only.
  /// O(log n).
  @inlinable
  public func partition(_ belongsToFront: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if belongsToFront(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension ChunkedDeque where Element: Equatable {
  /// How far from the front and from the end an element is looked for: what overtakes others
  /// overtakes few of them.
  static var reach: Int { 4096 }

  /// Takes the last element if it is this one, or else the first that is, as far as the front part
  /// and the end part reach; false if there is none. O(elements to the nearer end).
  mutating func remove(_ element: Element) -> Bool {
    guard count > 0 else { return false }
    if self[count - 1] == element {
      popLast()
      return true
    }
    guard let place = place(of: element) else { return false }
    // Whichever end is nearer closes up.
    if place < count / 2 {
      for index in stride(from: place, to: 0, by: -1) { self[index] = self[index - 1] }
      popFirst()
    } else {
      for index in place..<count - 1 { self[index] = self[index + 1] }
      popLast()
    }
    return true
  }

  private func place(of element: Element) -> Int? {
    let front = Swift.min(count, Self.reach)
    return (0..<front).first { self[$0] == element }
      ?? (Swift.max(front, count - Self.reach)..<count).first { self[$0] == element }
  }
}

extension ChunkedDeque: Sendable where Element: Sendable {}

extension ChunkedDeque: Equatable where Element: Equatable {
  public static func == (left: Self, right: Self) -> Bool {
    left.count == right.count && (0..<left.count).allSatisfy { left[$0] == right[$0] }
  }
}

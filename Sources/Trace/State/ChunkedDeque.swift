/// A queue made of chunks that copies share.
///
/// A copy costs one reference per chunk, and a later change copies one chunk only, so a checkpoint
/// of a long list is cheap. Append, removal at the ends and lookup are O(1); a removal at the front
/// also moves the references to the chunks, once per chunk.
///
/// Inlinable, so that other modules get code that is specialised for their elements.
public struct ChunkedDeque<Element> {
  @usableFromInline var chunks: [[Element]] = []
  /// How many of the first chunk's elements were removed.
  @usableFromInline var head = 0
  @usableFromInline let shift: Int
  @usableFromInline var length = 0

  /// How many elements there are.
  @inlinable public var count: Int { length }

  /// Creates an empty deque.
  /// - Parameter shift: the binary logarithm of the chunk size.
  @inlinable
  public init(shift: Int = 8) { self.shift = shift }

  @inlinable var size: Int { 1 << shift }

  /// Whether there are no elements.
  var isEmpty: Bool { count == 0 }
  /// The element at the front, or nil.
  var first: Element? { isEmpty ? nil : self[0] }

  /// The element at an index from the front, which must be less than `count`.
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

  /// Appends an element.
  @inlinable
  public mutating func append(_ element: Element) {
    if head + count == chunks.count << shift {
      chunks.append([])
      // The only chunk of a short deque stays small. Further chunks will be filled.
      if count >= size { chunks[chunks.count - 1].reserveCapacity(size) }
    }
    chunks[chunks.count - 1].append(element)
    length += 1
  }

  /// Removes the first element, if there is one.
  @discardableResult
  mutating func popFirst() -> Element? {
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

  /// Removes the last element, if there is one.
  @discardableResult
  mutating func popLast() -> Element? {
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

  /// About how many bytes a copy no longer shares once both ends have changed.
  var ownBytes: Int {
    let pieces = Swift.min(count, 2 * size) * MemoryLayout<Element>.stride
    return pieces + chunks.count * MemoryLayout<[Element]>.stride
  }

  /// The elements of a range, cut to the existing ones.
  @inlinable
  public func slice(_ range: Range<Int>) -> [Element] {
    range.clamped(to: 0..<count).map { self[$0] }
  }

  /// The index of the first element that does not belong to the front part, by a condition that is
  /// true for the front part only. O(log n).
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
  /// How far from each end `remove` searches. A value only overtakes few others.
  static var searchReach: Int { 4096 }

  /// Removes the last element if it equals a value, else the first that does, within the search
  /// reach. O(distance to the nearer end).
  /// - Returns: false if there is no such element.
  mutating func remove(_ element: Element) -> Bool {
    guard count > 0 else { return false }
    if self[count - 1] == element {
      popLast()
      return true
    }
    guard let place = place(of: element) else { return false }
    // Closes the gap from the nearer end.
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
    let front = Swift.min(count, Self.searchReach)
    return (0..<front).first { self[$0] == element }
      ?? (Swift.max(front, count - Self.searchReach)..<count).first { self[$0] == element }
  }
}

extension ChunkedDeque: Sendable where Element: Sendable {}

extension ChunkedDeque: Equatable where Element: Equatable {
  public static func == (left: Self, right: Self) -> Bool {
    left.count == right.count && (0..<left.count).allSatisfy { left[$0] == right[$0] }
  }
}

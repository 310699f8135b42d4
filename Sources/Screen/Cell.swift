/// One cell of the grid: a character, reduced to what a terminal cell can hold.
public struct Cell: Hashable, Sendable {
  /// The most combining marks that a cell holds, the same as in ncurses.
  static let maximumMarks = 4

  /// The base character.
  public var scalar: Unicode.Scalar
  /// Up to four combining marks; 0 means none.
  var markValues: SIMD4<UInt32>
  /// The meaning of the character. A theme turns it into colours and attributes.
  public var style: Style
  /// The width: 1 or 2, or 0 for the second column of a wide character.
  public var columns: Int8

  init(
    _ scalar: Unicode.Scalar, markValues: SIMD4<UInt32> = .zero, style: Style, columns: Int8 = 1
  ) {
    self.scalar = scalar
    self.markValues = markValues
    self.style = style
    self.columns = columns
  }

  /// A space in the plain text style. An empty frame is full of these.
  public static let blank = Cell(" ", style: .text)

  /// Whether this is the second column of a wide character. The cell to its left draws it.
  public var isContinuation: Bool { columns == 0 }

  /// The combining marks of the character, in order.
  public var marks: [Unicode.Scalar] {
    guard markValues != .zero else { return [] }
    return (0..<4).compactMap { markValues[$0] == 0 ? nil : Unicode.Scalar(markValues[$0]) }
  }

  /// The character with its marks, or an empty string for the second column of a wide one.
  public var text: String {
    guard !isContinuation else { return "" }
    var scalars = String.UnicodeScalarView([scalar])
    scalars.append(contentsOf: marks)
    return String(scalars)
  }
}

/// Splits sanitised text into cells, from left to right.
///
/// Each character with a width makes one cell, and its combining marks belong to that cell. Of an
/// emoji sequence it keeps only the first picture, because a terminal cell cannot hold the rest.
struct CellIterator {
  struct Item {
    var scalar: Unicode.Scalar
    var traits: CharacterTraits
    var marks: SIMD4<UInt32> = .zero
    var columns: Int { max(1, traits.columns) }
  }

  private let scalars: String.UnicodeScalarView
  /// The index where the next cell begins.
  private(set) var position: String.Index

  init(_ safe: String) {
    scalars = safe.unicodeScalars
    position = scalars.startIndex
  }

  mutating func next() -> Item? {
    guard position < scalars.endIndex else { return nil }
    let scalar = scalars[position]
    position = scalars.index(after: position)
    var item = Item(scalar: scalar, traits: CharacterTable.traits(of: scalar))
    var marks = 0
    var joined = false
    while position < scalars.endIndex {
      let follower = scalars[position]
      if follower.value < 0x300 { break }
      if follower == Sanitizer.zeroWidthJoiner {
        joined = true
      } else if joined {
        joined = false
      } else if Sanitizer.isVariationSelector(follower)
        || (Sanitizer.isEmojiModifier(follower) && item.traits.isPictograph)
      {
        // A cell cannot hold these, so skip them.
      } else if CharacterTable.traits(of: follower).columns == 0 {
        if marks < Cell.maximumMarks {
          item.marks[marks] = follower.value
          marks += 1
        }
      } else {
        break
      }
      position = scalars.index(after: position)
    }
    return item
  }
}

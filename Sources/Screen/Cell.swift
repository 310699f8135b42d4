/// One place of the grid: a character reduced to what a terminal cell can hold.
public struct Cell: Hashable, Sendable {
  /// A cell holds at most this many combining marks beside its character, as ncurses' does.
  public static let maximumMarks = 4

  /// The character that takes the column.
  public var scalar: Unicode.Scalar
  /// Combining marks, at most four, 0 where there is none.
  var markValues: SIMD4<UInt32>
  /// What the character means, which a theme turns into colours and attributes.
  public var style: Style
  /// 1 or 2; 0 for the second column of a wide character.
  public var columns: Int8

  init(
    _ scalar: Unicode.Scalar, markValues: SIMD4<UInt32> = .zero, style: Style, columns: Int8 = 1
  ) {
    self.scalar = scalar
    self.markValues = markValues
    self.style = style
    self.columns = columns
  }

  /// A space in the plain text style: what an empty frame is filled with.
  public static let blank = Cell(" ", style: .text)

  /// The second column of a wide character: drawn by the cell to its left.
  public var isContinuation: Bool { columns == 0 }

  /// The combining marks on the character, in order.
  public var marks: [Unicode.Scalar] {
    guard markValues != .zero else { return [] }
    return (0..<4).compactMap { markValues[$0] == 0 ? nil : Unicode.Scalar(markValues[$0]) }
  }

  /// The character with its marks; empty for the second column of a wide one.
  public var text: String {
    guard !isContinuation else { return "" }
    var scalars = String.UnicodeScalarView([scalar])
    scalars.append(contentsOf: marks)
    return String(scalars)
  }
}

/// Cuts a text that the sanitiser has passed into cells, left to right.
///
/// One character that takes columns makes one cell. Marks stand on it; what an emoji sequence joins
/// to its first picture is left out, because a terminal cell cannot hold it.
struct CellIterator {
  struct Item {
    var scalar: Unicode.Scalar
    var traits: CharacterTraits
    var marks: SIMD4<UInt32> = .zero
    var columns: Int { max(1, traits.columns) }
  }

  private let scalars: String.UnicodeScalarView
  /// Where in the text the next cell begins.
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
        // Nothing that a cell could hold.
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

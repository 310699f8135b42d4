/// One cell of the grid: a character, reduced to what a terminal cell can hold.
public struct Cell: Hashable, Sendable {
  /// The most combining marks that a cell holds, the same as in ncurses.
  static let maximumMarks = 4

  /// The base character.
  public var scalar: Unicode.Scalar
  /// Up to four combining marks, or the rest of an emoji sequence; 0 means none.
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

  /// The combining marks of the character in order, or the rest of an emoji sequence.
  public var marks: [Unicode.Scalar] {
    guard markValues != .zero else { return [] }
    return (0..<4).compactMap { markValues[$0] == 0 ? nil : Unicode.Scalar(markValues[$0]) }
  }

  /// The marks that a terminal can show.
  ///
  /// Without support for emoji sequences, a terminal draws each picture of a sequence in columns of
  /// its own. Without support for joiners, it may draw a joiner as a character, or lose the rest of
  /// the line.
  public func marks(joiningEmoji: Bool, joiningLetters: Bool) -> [Unicode.Scalar] {
    guard markValues != .zero else { return [] }
    let isPicture = Sanitizer.isPictograph(scalar)
    return marks.filter { mark in
      if isPicture {
        return joiningEmoji
          || !Sanitizer.isJoiner(mark) && CharacterTable.traits(of: mark).columns == 0
      }
      return joiningLetters || !Sanitizer.isJoiner(mark)
    }
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
/// Each character with a width makes one cell, and its combining marks belong to that cell. So does
/// an emoji sequence that begins with a wide picture and fits into a terminal cell. Of any other it
/// keeps only the first picture.
struct CellIterator {
  struct Item {
    var scalar: Unicode.Scalar
    var traits: CharacterTraits
    var marks: SIMD4<UInt32> = .zero
    private var count = 0
    var columns: Int { max(1, traits.columns) }

    init(scalar: Unicode.Scalar, traits: CharacterTraits) {
      self.scalar = scalar
      self.traits = traits
    }

    /// Appends marks if there is room for all of them. Returns whether there was.
    @discardableResult
    mutating func append(_ more: [Unicode.Scalar]) -> Bool {
      guard count + more.count <= Cell.maximumMarks else { return false }
      for scalar in more {
        marks[count] = scalar.value
        count += 1
      }
      return true
    }

    /// Appends a part of an emoji sequence, which needs a pair of cells. If it does not fit, only the
    /// first picture of the sequence stays, because a part of a sequence could mean something else.
    mutating func appendPicture(_ more: [Unicode.Scalar]) -> Bool {
      if traits.columns == 2, append(more) { return true }
      for index in 0..<count where marks[index] == Sanitizer.zeroWidthJoiner.value {
        count = index
        for later in index..<Cell.maximumMarks { marks[later] = 0 }
        break
      }
      return false
    }
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
    var isFull = false
    while position < scalars.endIndex {
      let follower = scalars[position]
      if follower.value < 0x300 { break }
      var count = 1
      if follower == Sanitizer.zeroWidthJoiner, item.traits.isPictograph {
        // The sanitiser keeps a joiner after a picture only if another one follows.
        let next = scalars.index(after: position)
        count = next < scalars.endIndex ? 2 : 1
        isFull = isFull || count == 1 || !item.appendPicture([follower, scalars[next]])
      } else if Sanitizer.isEmojiModifier(follower), item.traits.isPictograph {
        isFull = isFull || !item.appendPicture([follower])
      } else if Sanitizer.isVariationSelector(follower) {
        // A selector would change the width, so skip it.
      } else if CharacterTable.traits(of: follower).columns == 0 {
        if !isFull { item.append([follower]) }
      } else {
        break
      }
      position = scalars.index(position, offsetBy: count)
    }
    return item
  }
}

internal import CPlatform
internal import Glibc
internal import Synchronization

/// What a character is to a grid of cells.
struct CharacterTraits {
  private let bits: UInt8
  /// The ASCII character that stands for it where only ASCII can be shown.
  let twin: UInt8

  private static let invisible: UInt8 = 4
  private static let pictograph: UInt8 = 8
  private static let plain: UInt8 = 16

  fileprivate init(_ scalar: Unicode.Scalar, columns: Int) {
    let isInvisible = Self.isInvisible(scalar)
    let isModifier = Sanitizer.isEmojiModifier(scalar)
    var bits = UInt8(columns + 1)
    if isInvisible { bits |= Self.invisible }
    if scalar.value > 0xFF, scalar.properties.isEmoji { bits |= Self.pictograph }
    if columns > 0, !isInvisible, !isModifier { bits |= Self.plain }
    self.bits = bits
    twin = UInt8(ascii: ASCIITwin.of(scalar))
  }

  /// wcwidth's answer: 0 for a mark, 1 or 2, or -1 where libc knows no such printable character.
  var columns: Int { Int(bits & 3) - 1 }
  /// Whether it takes no place, or is not assigned yet.
  var isInvisible: Bool { bits & Self.invisible != 0 }
  /// Whether it is a picture, which others can be joined to.
  var isPictograph: Bool { bits & Self.pictograph != 0 }
  /// Whether it makes a cell by itself, whatever stands around it.
  var isPlain: Bool { bits & Self.plain != 0 }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    if properties.isDefaultIgnorableCodePoint { return true }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator:
      return true
    default:
      return false
    }
  }
}

/// The traits of all characters, found out for 128 at a time when the first of them is met, because
/// they are asked for at every cell of every frame, and each answer from libc and from Unicode's
/// tables is slow.
enum CharacterTable {
  static func traits(of scalar: Unicode.Scalar) -> CharacterTraits {
    let number = Int(scalar.value >> 7)
    let page = pages[number].load(ordering: .acquiring) ?? fill(number)
    return page[Int(scalar.value & 0x7F)]
  }

  private typealias Page = UnsafeMutablePointer<CharacterTraits>

  // `nonisolated(unsafe)`: the pointer is made once and never freed, what it points to is atomic, and
  // a page is written before it is published there, and never after.
  private nonisolated(unsafe) static let pages = {
    let count = 0x11_0000 >> 7
    let pages = UnsafeMutablePointer<Atomic<Page?>>.allocate(capacity: count)
    for index in 0..<count { (pages + index).initialize(to: Atomic(nil)) }
    return pages
  }()

  private static func fill(_ number: Int) -> Page {
    let page = Page.allocate(capacity: 128)
    let previous = utf8Locale.map { uselocale($0) }
    for index in 0..<128 {
      // The surrogates, which are no scalars, are never asked for.
      let scalar = Unicode.Scalar(UInt32(number << 7 | index)) ?? " "
      let columns = utf8Locale == nil ? 1 : Int(lks_wcwidth(scalar.value))
      (page + index).initialize(to: CharacterTraits(scalar, columns: columns))
    }
    if let previous { uselocale(previous) }
    let (isFirst, other) = pages[number].compareExchange(
      expected: nil, desired: page, ordering: .acquiringAndReleasing)
    guard !isFirst, let other else { return page }
    page.deallocate()
    return other
  }

  // `nonisolated(unsafe)`: made once, never changed and never freed; libc only reads it.
  private nonisolated(unsafe) static let utf8Locale = newlocale(
    Int32(1 << LC_CTYPE), "C.UTF-8", nil)
}

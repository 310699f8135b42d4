internal import CPlatform
internal import Glibc
internal import Synchronization

/// The properties of a character that matter to a grid of cells.
struct CharacterTraits {
  private let bits: UInt8
  /// The ASCII character that replaces it on a terminal that shows only ASCII.
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

  /// The result of `wcwidth`: 0 for a mark, 1 or 2, or -1 for a character that libc cannot print.
  var columns: Int { Int(bits & 3) - 1 }
  /// Whether it has no visible form or is unassigned.
  var isInvisible: Bool { bits & Self.invisible != 0 }
  /// Whether it is an emoji that others can be joined to.
  var isPictograph: Bool { bits & Self.pictograph != 0 }
  /// Whether it always makes a cell of its own, whatever its neighbours are.
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

/// The traits of all characters, computed on demand in pages of 64.
///
/// Drawing asks for them at every cell of every frame, and both libc and the Unicode tables are
/// slow to answer.
enum CharacterTable {
  static func traits(of scalar: Unicode.Scalar) -> CharacterTraits {
    let number = Int(scalar.value >> 6)
    let page = pages[number].load(ordering: .acquiring) ?? makePage(number)
    return page[Int(scalar.value & 0x3F)]
  }

  private typealias Page = UnsafeMutablePointer<CharacterTraits>

  // `nonisolated(unsafe)`: the pointer is made once and never freed, and its elements are atomic.
  // A page is complete before it is published and never changes afterwards.
  private nonisolated(unsafe) static let pages = {
    let count = 0x11_0000 >> 6
    let pages = UnsafeMutablePointer<Atomic<Page?>>.allocate(capacity: count)
    for index in 0..<count { (pages + index).initialize(to: Atomic(nil)) }
    return pages
  }()

  private static func makePage(_ number: Int) -> Page {
    let page = Page.allocate(capacity: 64)
    let previous = utf8Locale.map { uselocale($0) }
    for index in 0..<64 {
      // Surrogates are not scalars, so nothing looks them up.
      let scalar = Unicode.Scalar(UInt32(number << 6 | index)) ?? " "
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

  // `nonisolated(unsafe)`: made once, never changed, never freed. libc only reads it.
  private nonisolated(unsafe) static let utf8Locale = newlocale(
    Int32(1 << LC_CTYPE), "C.UTF-8", nil)
}

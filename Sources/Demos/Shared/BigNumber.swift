import CGMP
import Glibc

/// A whole number of any size. GMP computes it in short pieces, so that a pause takes effect soon.
struct BigNumber: ~Copyable {
  let value: UnsafeMutablePointer<mpz_t>

  /// Zero.
  init() {
    value = .allocate(capacity: 1)
    __gmpz_init(value)
  }

  deinit {
    __gmpz_clear(value)
    value.deallocate()
  }

  /// The product 1·2·…·n. It halves the range of factors recursively, so that both factors of each
  /// multiplication have about the same size.
  /// - Parameter checkpoint: called at least every few milliseconds; an error ends the work.
  static func factorial(_ n: Int, checkpoint: () throws -> Void) throws -> BigNumber {
    try product(from: 1, through: n, checkpoint: checkpoint)
  }

  private static func product(
    from low: Int, through high: Int, checkpoint: () throws -> Void
  ) throws -> BigNumber {
    let result = BigNumber()
    if high - low < 32 {
      __gmpz_set_ui(result.value, 1)
      for factor in stride(from: low, through: high, by: 1) {
        __gmpz_mul_ui(result.value, result.value, UInt(factor))
      }
      return result
    }
    let middle = (low + high) / 2
    let left = try product(from: low, through: middle, checkpoint: checkpoint)
    let right = try product(from: middle + 1, through: high, checkpoint: checkpoint)
    try checkpoint()
    __gmpz_mul(result.value, left.value, right.value)
    return result
  }

  /// Longer numbers are split before the conversion, because GMP's conversion cannot be
  /// interrupted. It takes about a millisecond for 20,000 digits.
  private static let digitsPerConversion = 20_000

  /// The decimal digits.
  /// - Parameter checkpoint: called at least every few milliseconds; an error ends the work.
  func decimal(checkpoint: () throws -> Void) throws -> String {
    var powers: [Power] = []
    var digits: [UInt8] = []
    try appendDigits(to: &digits, padded: nil, powers: &powers, checkpoint: checkpoint)
    return String(decoding: digits, as: UTF8.self)
  }

  /// A power of ten.
  private final class Power {
    let zeros: Int
    let number: BigNumber

    init(zeros: Int) {
      self.zeros = zeros
      number = BigNumber()
      __gmpz_ui_pow_ui(number.value, 10, UInt(zeros))
    }
  }

  private func appendDigits(
    to digits: inout [UInt8], padded: Int?, powers: inout [Power], checkpoint: () throws -> Void
  ) throws {
    try checkpoint()
    let length = __gmpz_sizeinbase(value, 10)
    guard length > Self.digitsPerConversion else {
      appendConverted(to: &digits, padded: padded)
      return
    }
    let half = length / 2
    let known = powers.first { abs($0.zeros - half) <= 1 }
    let power = known ?? Power(zeros: half)
    if known == nil { powers.append(power) }
    let high = BigNumber()
    let low = BigNumber()
    __gmpz_tdiv_qr(high.value, low.value, value, power.number.value)
    try high.appendDigits(
      to: &digits, padded: padded.map { $0 - power.zeros }, powers: &powers,
      checkpoint: checkpoint)
    try low.appendDigits(
      to: &digits, padded: power.zeros, powers: &powers, checkpoint: checkpoint)
  }

  private func appendConverted(to digits: inout [UInt8], padded: Int?) {
    var buffer = [CChar](repeating: 0, count: __gmpz_sizeinbase(value, 10) + 2)
    __gmpz_get_str(&buffer, 10, value)
    let count = strlen(buffer)
    if let padded, padded > count {
      digits.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: padded - count))
    }
    digits.append(contentsOf: buffer[..<count].lazy.map { UInt8(bitPattern: $0) })
  }
}

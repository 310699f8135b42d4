import Glibc

/// A colour in linear light, with red, green and blue from 0 to 1.
struct LinearColor: Equatable {
  var red, green, blue: Double

  static let black = LinearColor(red: 0, green: 0, blue: 0)
  static let white = LinearColor(red: 1, green: 1, blue: 1)

  init(red: Double, green: Double, blue: Double) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// A colour of xterm's palette: 16 basic colours, a 6×6×6 cube, and greys.
  init(xterm index: UInt8) {
    let basic: [(Int, Int, Int)] = [
      (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205),
      (0, 205, 205), (229, 229, 229), (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0),
      (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255),
    ]
    let levels = [0, 95, 135, 175, 215, 255]
    let number = Int(index)
    let (red, green, blue) =
      switch number {
      case 0..<16: basic[number]
      case 16..<232:
        (levels[(number - 16) / 36], levels[(number - 16) / 6 % 6], levels[(number - 16) % 6])
      default: (8 + 10 * (number - 232), 8 + 10 * (number - 232), 8 + 10 * (number - 232))
      }
    self.init(
      red: Self.linear(red), green: Self.linear(green), blue: Self.linear(blue))
  }

  /// sRGB's transfer function (IEC 61966-2-1), from 0…255.
  private static func linear(_ value: Int) -> Double {
    let share = Double(value) / 255
    return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
  }

  /// WCAG 2's relative luminance.
  var luminance: Double { 0.2126 * red + 0.7152 * green + 0.0722 * blue }

  /// WCAG 2's contrast ratio, from 1 to 21.
  func contrast(to other: LinearColor) -> Double {
    let (darker, lighter) = (min(luminance, other.luminance), max(luminance, other.luminance))
    return (lighter + 0.05) / (darker + 0.05)
  }

  /// A kind of colour vision.
  ///
  /// The matrices for dichromats are from Machado, Oliveira and Fernandes, "A Physiologically-based
  /// Model for Simulation of Color Vision Deficiency", IEEE Transactions on Visualization and
  /// Computer Graphics 15(6), 2009.
  enum Vision: CaseIterable {
    case trichromatic, protanopic, deuteranopic

    fileprivate var matrix: [[Double]] {
      switch self {
      case .trichromatic: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
      case .protanopic:
        [
          [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
          [-0.003882, -0.048116, 1.051998],
        ]
      case .deuteranopic:
        [
          [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
          [-0.011820, 0.042940, 0.968881],
        ]
      }
    }
  }

  func seen(with vision: Vision) -> LinearColor {
    let rows = vision.matrix.map { row in
      min(1, max(0, row[0] * red + row[1] * green + row[2] * blue))
    }
    return LinearColor(red: rows[0], green: rows[1], blue: rows[2])
  }

  /// The CIELAB coordinates L*, a* and b* for sRGB's white point, D65.
  private var lab: [Double] {
    func cubeRoot(_ share: Double) -> Double {
      share > 216.0 / 24389 ? cbrt(share) : (24389.0 / 27 * share + 16) / 116
    }
    let x = cubeRoot((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047)
    let y = cubeRoot(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue)
    let z = cubeRoot((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883)
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
  }

  /// The perceived difference of two colours: CIE's ΔE*ab of 1976. About 2 is barely visible side by
  /// side. 20 is clear at a distance.
  func distance(to other: LinearColor) -> Double {
    zip(lab, other.lab).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
  }

  /// The smallest difference over all kinds of colour vision.
  func leastDistance(to other: LinearColor) -> Double {
    Vision.allCases.map { seen(with: $0).distance(to: other.seen(with: $0)) }.min() ?? 0
  }
}

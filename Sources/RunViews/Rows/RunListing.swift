package import Catalog
package import LessonKit

/// A listing with the values of a run in place of its own, so that it shows what the run does.
package struct RunListing {
  package struct Line {
    package var tokens: [Token]
    package var change = Change.none

    package var text: String { tokens.map(\.text).joined() }
  }

  package enum Change {
    case none
    /// The run uses another value than the listing.
    case value
    /// The run does not do what the line says.
    case leftOut
  }

  package private(set) var lines: [Line]

  /// - Parameter request: The run, or nil for the listing as it is.
  package init(_ listing: Listing, request: RunRequest?) {
    lines = listing.highlighted.map { Line(tokens: $0) }
    guard let request, request.demo.listing == listing.name else { return }
    for (index, text) in listing.lines.enumerated() {
      if let changed = Self.changed(text, request) {
        lines[index] = Line(
          tokens: PythonHighlighter.lines(of: changed).first ?? [], change: .value)
      } else if request.demo.leavesOut(text, with: request.arguments) {
        lines[index] = Line(
          tokens: PythonHighlighter.lines(of: text + "  # left out in this run").first ?? [],
          change: .leftOut)
      }
    }
  }

  /// Returns a line such as `items, delay = 10, 0.1  # seconds` with the run's values and a remark
  /// about the listing's own, or nil if the line sets no parameter to another value.
  private static func changed(_ line: String, _ request: RunRequest) -> String? {
    guard line.first?.isLetter == true else { return nil }
    let halves = line.split(separator: "  # ", maxSplits: 1)
    let sides = halves[0].split(separator: " = ")
    guard sides.count == 2 else { return nil }
    let names = sides[0].split(separator: ", ")
    let old = (names.count == 1 ? [sides[1]] : sides[1].split(separator: ", ")).map(String.init)
    guard names.count == old.count else { return nil }
    let new = zip(names, old).map { value(named: $0, insteadOf: $1, request) ?? $1 }
    guard new != old else { return nil }
    let was = zip(old, new).filter { $0 != $1 }.map(\.0).joined(separator: ", ")
    let comment = halves.count == 2 ? "; " + halves[1] : ""
    return "\(sides[0]) = \(new.joined(separator: ", "))  # \(was) in the listing\(comment)"
  }

  /// Returns the Python literal of the run's value, or nil if the listing has the same value or the
  /// name is no parameter.
  private static func value(
    named name: Substring, insteadOf old: String, _ request: RunRequest
  ) -> String? {
    let id = String(
      (name.hasPrefix("use_") ? name.dropFirst(4) : name).map {
        $0 == "_" ? "-" : $0
      })
    guard request.arguments.names.contains(id) else { return nil }
    let value = request.arguments[id]
    // The listing leaves the value to Python.
    if old == "None" { return value == request.demo.defaults[id] ? nil : literal(value, old) }
    let isSame =
      switch value {
      case .integer(let count): Int(old.filter { $0 != "_" }) == count
      case .duration(let nanoseconds):
        Double(old).map { ($0 * 1e9).rounded() == Double(nanoseconds) }
      case .choice, .span: old == literal(value, old)
      }
    return isSame == false ? literal(value, old) : nil
  }

  private static func literal(_ value: ParameterValue, _ old: String) -> String {
    switch value {
    case .integer(let count): return "\(count)"
    case .duration(let nanoseconds): return seconds(nanoseconds)
    case .span(let range): return "range(\(range.lowerBound), \(range.upperBound + 1))"
    case .choice(let word):
      guard ["True", "False"].contains(old) else { return "\"\(word)\"" }
      return word == "on" ? "True" : "False"
    }
  }

  /// Seconds as a decimal number, without needless zeros: `0.1`.
  private static func seconds(_ nanoseconds: Int64) -> String {
    let rest = String(nanoseconds % 1_000_000_000)
    var digits = String(repeating: "0", count: 9 - rest.count) + rest
    while digits.count > 1, digits.last == "0" { digits.removeLast() }
    return "\(nanoseconds / 1_000_000_000).\(digits)"
  }
}

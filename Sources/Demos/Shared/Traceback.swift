import Catalog
import Concurrency

/// The traceback that Python prints for an exception: the calls that led to it, the outermost first.
struct Traceback {
  /// A call, or the statement that raised.
  struct Place {
    let function: String
    /// The line of the listing.
    let line: String

    init(_ function: String, _ line: some ListingLine) {
      self.function = function
      self.line = line.rawValue
    }
  }

  /// The lines, as Python prints them.
  let lines: [String]

  init(of exception: RaisedException, through places: [Place], in run: Run) {
    let file = run.configuration.request.demo.listing
    lines =
      ["Traceback (most recent call last):"]
      + places.flatMap { place in
        [
          "  File \"\(file)\", line \(run.lineNumber(of: place.line)), in \(place.function)",
          "    \(place.line)",
        ]
      } + [exception.description]
  }
}

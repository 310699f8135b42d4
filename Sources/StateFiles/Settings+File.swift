import Catalog
public import JSON
public import Screen

/// The settings in `settings.json`.
extension Settings {
  /// One setting: its name in the file and its conversion.
  private struct Entry {
    let name: String
    /// The allowed values, for a message.
    let allowed: String
    let value: (Settings) -> JSONValue
    /// Sets a value. Returns false if it is not allowed.
    let take: (JSONValue, inout Settings) -> Bool
  }

  private static var entries: [Entry] {
    [
      Entry(
        name: "theme", allowed: (["auto"] + Theme.Kind.allCases.map(\.rawValue)).alternatives,
        value: { .string($0.theme?.rawValue ?? "auto") },
        take: { value, settings in
          guard case .string(let word) = value else { return false }
          settings.theme = Theme.Kind(rawValue: word)
          return settings.theme != nil || word == "auto"
        }),
      flag("ascii", \.isASCII),
      flag("reduced-motion", \.hasReducedMotion),
      flag("mouse", \.takesMouse),
    ]
  }

  private static func flag(_ name: String, _ path: WritableKeyPath<Settings, Bool>) -> Entry {
    Entry(
      name: name, allowed: "true or false", value: { .bool($0[keyPath: path]) },
      take: { value, settings in
        guard case .bool(let isSet) = value else { return false }
        settings[keyPath: path] = isSet
        return true
      })
  }

  /// Reads the values of a file. Unknown names and values become notices.
  public init(fields: [(String, JSONValue)], notices: inout [String]) {
    self.init()
    for (name, value) in fields where name != KeyedFile.version {
      guard let entry = Self.entries.first(where: { $0.name == name }) else {
        let known = Self.entries.map(\.name)
        let hint = Suggestion.closest(to: name, among: known).map { " (did you mean \($0)?)" } ?? ""
        notices.append("settings.json: no setting is called \"\(name.prefix(40))\"\(hint)")
        continue
      }
      if !entry.take(value, &self) {
        notices.append("settings.json: \(name) must be \(entry.allowed)")
      }
    }
  }

  /// The values that differ from earlier settings.
  func fields(changedFrom before: Settings) -> [(String, JSONValue)] {
    Self.entries.compactMap { entry in
      let value = entry.value(self)
      return value.text == entry.value(before).text ? nil : (entry.name, value)
    }
  }
}

/// The places of the borders in `layout.json`.
extension Splits {
  private static let name = "borders"
  /// A border in this range hides no pane.
  private static let range = 50...950
  /// Far more borders than the screen has.
  private static let countLimit = 100

  /// Reads the values of a file. Invalid places are left out or brought into the range.
  init(fields: [(String, JSONValue)]) {
    self.init()
    guard case .object(let borders)? = JSONValue.object(fields)[Self.name] else { return }
    for (name, place) in borders.prefix(Self.countLimit) {
      guard case .number(let place) = place else { continue }
      places[name] = min(max(place, Self.range.lowerBound), Self.range.upperBound)
    }
  }

  /// The values for the file.
  var fields: [(String, JSONValue)] {
    let borders = places.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.number($0.value)) }
    return [(Self.name, .object(borders))]
  }
}

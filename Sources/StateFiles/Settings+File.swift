public import JSON
import Catalog
import Screen
public import Tutor

/// The settings as `settings.json` has them.
extension Settings {
  /// One setting: its name in the file, and the way to and from the file.
  private struct Entry {
    let name: String
    /// What may stand there, for a person.
    let allowed: String
    let value: (Settings) -> JSONValue
    /// Takes a value in; false where it is none of those allowed.
    let take: (JSONValue, inout Settings) -> Bool
  }

  private static var entries: [Entry] {
    [
      Entry(
        name: "theme", allowed: (["auto"] + Theme.Kind.allCases.map(\.rawValue)).listed,
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
      name: name, allowed: "true and false", value: { .bool($0[keyPath: path]) },
      take: { value, settings in
        guard case .bool(let isSet) = value else { return false }
        settings[keyPath: path] = isSet
        return true
      })
  }

  /// Takes in what a file says: what is not understood is left as it was, and told in a sentence.
  public init(fields: [(String, JSONValue)], notices: inout [String]) {
    self.init()
    for (name, value) in fields {
      guard let entry = Self.entries.first(where: { $0.name == name }) else {
        let known = Self.entries.map(\.name)
        let hint = Suggestion.closest(to: name, among: known).map { " (did you mean \($0)?)" } ?? ""
        notices.append("settings.json: there is no setting called \"\(name.prefix(40))\"\(hint)")
        continue
      }
      if !entry.take(value, &self) {
        notices.append("settings.json: \(name) can be \(entry.allowed), and nothing else")
      }
    }
  }

  /// What a file must be told so that it says these settings instead of others.
  func fields(changedFrom before: Settings) -> [(String, JSONValue)] {
    Self.entries.compactMap { entry in
      let value = entry.value(self)
      return value.text == entry.value(before).text ? nil : (entry.name, value)
    }
  }
}

/// The places of the borders as `layout.json` has them.
extension Splits {
  private static let name = "borders"
  /// No border may hide what lies beside it.
  private static let range = 50...950
  /// Many more borders than the screen has.
  private static let countLimit = 100

  /// Takes in what a file says; what makes no sense is left out or brought within bounds.
  init(fields: [(String, JSONValue)]) {
    self.init()
    guard case .object(let borders)? = JSONValue.object(fields)[Self.name] else { return }
    for (name, place) in borders.prefix(Self.countLimit) {
      guard case .number(let place) = place else { continue }
      places[name] = min(max(place, Self.range.lowerBound), Self.range.upperBound)
    }
  }

  /// What a file must be told so that it says these places.
  var fields: [(String, JSONValue)] {
    let borders = places.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.number($0.value)) }
    return [(Self.name, .object(borders))]
  }
}

import Concurrency

/// A value of a manager. Proxies send and receive copies of it.
public enum ManagerValue: Sendable, Equatable {
  case none
  case number(Int64)
  case list([Int64])

  /// The value as Python prints it.
  public var text: String {
    switch self {
    case .none: "None"
    case .number(let number): "\(number)"
    case .list(let values): "[\(values.map(String.init).joined(separator: ", "))]"
    }
  }

  init(_ text: String) {
    if let number = Int64(text) {
      self = .number(number)
    } else if text.hasPrefix("[") {
      self = .list(
        text.dropFirst().dropLast().split(separator: ",").compactMap { Int64(String($0).trimmed) })
    } else {
      self = .none
    }
  }
}

/// A proxy's call.
public enum ManagerRequest: Sendable, Equatable {
  case get(dictionary: String, key: String)
  case put(dictionary: String, key: String, value: ManagerValue)
  case append(list: String, Int64)
  case contents(list: String)
  case callCount

  /// The request as a message. Names and keys are single words.
  var text: String {
    switch self {
    case .get(let dictionary, let key): "get \(dictionary) \(key)"
    case .put(let dictionary, let key, let value): "put \(dictionary) \(key) \(value.text)"
    case .append(let list, let value): "append \(list) \(value)"
    case .contents(let list): "contents \(list)"
    case .callCount: "calls"
    }
  }

  /// Decodes a message. Nil if it is not a request.
  init?(_ text: String) {
    let words = text.split(separator: " ", maxSplits: 3).map(String.init)
    switch (words.first, words.count) {
    case ("get", 3): self = .get(dictionary: words[1], key: words[2])
    case ("put", 4): self = .put(dictionary: words[1], key: words[2], value: .init(words[3]))
    case ("append", 3):
      guard let value = Int64(words[2]) else { return nil }
      self = .append(list: words[1], value)
    case ("contents", 2): self = .contents(list: words[1])
    case ("calls", 1): self = .callCount
    default: return nil
    }
  }
}

/// The reply to a call.
enum ManagerReply: Sendable, Equatable {
  case value(ManagerValue)
  case raised(RaisedException)

  private static let mark: Character = "!"

  var text: String {
    switch self {
    case .value(let value): value.text
    case .raised(let exception): "\(Self.mark)\(exception.type) \(exception.message)"
    }
  }

  init(_ text: String) {
    guard text.first == Self.mark else {
      self = .value(ManagerValue(text))
      return
    }
    let words = text.dropFirst().split(separator: " ", maxSplits: 1).map(String.init)
    self = .raised(
      RaisedException(type: words.first ?? "", message: words.count > 1 ? words[1] : ""))
  }
}

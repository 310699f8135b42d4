import Concurrency
import Glibc
import Platform

/// A manager's server process. It has a thread for each connection, which answers calls until the
/// other end is closed.
final class ManagerServer: Sendable {
  private let run: Run
  private let kept = Guarded(Kept())

  /// The server's data. A number in a dictionary is a variable of the run, so that each access has an
  /// event. A list in a dictionary is an ordinary value.
  private struct Kept: Sendable {
    var numbers: [String: SharedVariable] = [:]
    var values: [String: ManagerValue] = [:]
    var lists: [String: SharedList] = [:]
    var calls = 0
  }

  private init(_ run: Run) { self.run = run }

  /// The body of the server process.
  /// - Parameter arguments: the handles of its pipe ends, in the order of its descriptors.
  static func serve(_ run: Run, _ arguments: [String]) throws {
    let server = ManagerServer(run)
    let ends = try arguments.enumerated().map { index, handle in
      try PipeEnd.attached(handle, descriptor: run.passedDescriptor(index), in: run)
    }
    let threads = try ends.enumerated().map { number, end in
      try run.thread("server-\(number)") { try server.serve(end) }
    }
    for thread in threads { try thread.join() }
  }

  private func serve(_ end: PipeEnd) throws {
    do {
      while let bytes = try end.receiveUntilEnd() {
        try end.send(try reply(to: String(decoding: bytes, as: UTF8.self)).text)
      }
    } catch let exception as RaisedException where exception == .brokenPipe {
      // The caller was killed during a call.
      run.caught(exception)
    }
  }

  private func reply(to text: String) throws -> ManagerReply {
    guard let request = ManagerRequest(text) else {
      return .raised(RaisedException(type: "ValueError", message: "not a call: \(text)"))
    }
    do {
      let value = try answer(request)
      kept.withLock { $0.calls += 1 }
      return .value(value)
    } catch let exception as RaisedException {
      return .raised(exception)
    }
  }

  private func answer(_ request: ManagerRequest) throws -> ManagerValue {
    switch request {
    case .get(let dictionary, let key):
      let place = Self.place(dictionary, key)
      if let number = kept.withLock({ $0.numbers[place] }) { return .number(try number.read()) }
      guard let value = kept.withLock({ $0.values[place] }) else {
        throw RaisedException(type: "KeyError", message: "'\(key)'")
      }
      return value
    case .put(let dictionary, let key, .number(let number)):
      try variable(Self.place(dictionary, key)).write(number)
      return .none
    case .put(let dictionary, let key, let value):
      kept.withLock { kept in
        kept.numbers[Self.place(dictionary, key)] = nil
        kept.values[Self.place(dictionary, key)] = value
      }
      return .none
    case .append(let list, let value):
      try self.list(list).append(value)
      return .none
    case .contents(let name): return .list(try list(name).contents())
    case .callCount: return .number(Int64(kept.withLock { $0.calls }))
    }
  }

  private static func place(_ dictionary: String, _ key: String) -> String {
    "\(dictionary)[\(key)]"
  }

  private func variable(_ place: String) -> SharedVariable {
    object(place, among: \.numbers) { SharedVariable(place, in: run) }
  }

  private func list(_ name: String) -> SharedList {
    object(name, among: \.lists) { SharedList(name, in: run) }
  }

  /// Returns the object with a name, or creates it.
  private func object<Object: Sendable>(
    _ name: String, among objects: any WritableKeyPath<Kept, [String: Object]> & Sendable,
    make: () -> Object
  ) -> Object {
    if let object = kept.withLock({ $0[keyPath: objects][name] }) { return object }
    // Creating an object may wait, so it must not hold the lock.
    let new = make()
    return kept.withLock { kept in
      let first = kept[keyPath: objects][name] ?? new
      kept[keyPath: objects][name] = first
      return first
    }
  }
}

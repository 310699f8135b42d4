public import Concurrency
import Glibc

/// A process that keeps a list and dictionaries for others, as Python's `multiprocessing.Manager`:
/// each call of a proxy is a message to it and one back, over a pipe of the caller's own, which a
/// thread of the server's own serves.
public final class Manager: Sendable {
  /// What the server process does.
  static let body = ProcessBody("manager.serve", ManagerServer.serve)

  /// The server process.
  public let server: ActorProcess
  /// What this process calls it by.
  public let connection: ManagerConnection
  private let clientEnds: [PipeEnd]

  /// Starts the server.
  /// - Parameter clients: how many processes there will be beside this one that call it.
  /// - Throws: `RunStopped`; `RaisedException` when the system or the run has no more room.
  public init(_ name: String, clients: Int, in run: Run) throws {
    let pipes = try (0...clients).map { number in
      try Pipe.ends("\(name) pipe \(number)", in: run)
    }
    server = try run.process(
      name, body: Self.body, arguments: pipes.map(\.1.handle),
      passing: pipes.map(\.1.descriptor))
    for pipe in pipes { pipe.1.close() }
    connection = ManagerConnection(pipes[0].0, in: run)
    clientEnds = pipes.dropFirst().map(\.0)
  }

  /// What a client process, from 0, gets as an argument and as its first descriptor, so that
  /// `ManagerConnection.attached` finds its connection there.
  public func client(_ number: Int) -> (handle: String, descriptor: Int32) {
    (clientEnds[number].handle, clientEnds[number].descriptor)
  }

  /// Leaves the clients' connections to the clients: each is to be called when its process has been
  /// started, so that the server sees when that has gone.
  public func giveAway() { for end in clientEnds { end.close() } }

  /// Lets the server go when its clients have gone, and waits for its end.
  public func shutdown() throws(RunStopped) {
    connection.close()
    try server.join()
  }
}

/// One process's connection to a manager, for one thread at a time.
public final class ManagerConnection: Sendable {
  private let end: PipeEnd
  private let run: Run

  fileprivate init(_ end: PipeEnd, in run: Run) {
    self.end = end
    self.run = run
  }

  /// The connection that a process was given with its start.
  /// - Throws: `RaisedException` for a word that is no handle.
  public static func attached(_ handle: String, in run: Run) throws -> ManagerConnection {
    ManagerConnection(
      try .attached(handle, descriptor: run.passedDescriptor(0), in: run), in: run)
  }

  func close() { end.close() }

  /// A message there and one back.
  /// - Throws: `RunStopped`; `RaisedException`: the server's own, or `EOFError` where it has gone.
  func call(_ request: ManagerRequest) throws -> ManagerValue {
    try end.send(request.text)
    switch ManagerReply(try end.receiveText()) {
    case .value(let value): return value
    case .raised(let exception): throw run.raise(exception)
    }
  }

  /// How many calls the server has answered before this one.
  public func callCount() throws -> Int {
    guard case .number(let count) = try call(.callCount) else { return 0 }
    return Int(count)
  }
}

/// A dictionary that a manager keeps, as another process uses it: each access is a call.
public struct DictionaryProxy: Sendable {
  let name: String
  let connection: ManagerConnection

  public init(name: String, connection: ManagerConnection) {
    self.name = name
    self.connection = connection
  }

  /// A copy of what is there. To change the copy changes nothing at the manager's.
  /// - Throws: `RaisedException` (`KeyError`) for a key that is not there.
  public func value(of key: String) throws -> ManagerValue {
    try connection.call(.look(dictionary: name, key: key))
  }

  public func set(_ key: String, to value: ManagerValue) throws {
    _ = try connection.call(.put(dictionary: name, key: key, value: value))
  }
}

/// A list that a manager keeps, as another process uses it: each access is a call.
public struct ListProxy: Sendable {
  let name: String
  let connection: ManagerConnection

  public init(name: String, connection: ManagerConnection) {
    self.name = name
    self.connection = connection
  }

  public func append(_ value: Int64) throws { _ = try connection.call(.append(list: name, value)) }

  /// A copy of all that is there.
  public func contents() throws -> [Int64] {
    guard case .list(let values) = try connection.call(.contents(list: name)) else { return [] }
    return values
  }
}

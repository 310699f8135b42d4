public import Concurrency
import Glibc

/// A server process that keeps lists and dictionaries, like Python's `multiprocessing.Manager`. Each
/// call of a proxy is a message and a reply over the caller's own pipe, which has its own thread in
/// the server.
public final class Manager: Sendable {
  /// The body of the server process.
  static let body = ProcessBody("manager.serve", ManagerServer.serve)

  /// The server process.
  public let server: ActorProcess
  /// This process's connection.
  public let connection: ManagerConnection
  private let clientEnds: [PipeEnd]

  /// Starts the server.
  /// - Parameter clients: the number of other processes that will call it.
  /// - Throws: `RunStopped`; `RaisedException` if the system or the run has no more room.
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

  /// The handle and the descriptor to pass to a client process, from 0, for
  /// `ManagerConnection.attached`.
  public func client(_ number: Int) -> (handle: String, descriptor: Int32) {
    (clientEnds[number].handle, clientEnds[number].descriptor)
  }

  /// Closes this process's copies of the clients' connections, after all clients have been started.
  /// Then the server sees when a client ends.
  public func closeClientEnds() { for end in clientEnds { end.close() } }

  /// Closes this process's connection, and waits until the server ends, after its last client.
  public func shutdown() throws(RunStopped) {
    connection.close()
    try server.join()
  }
}

/// A process's connection to a manager, for one thread at a time.
public final class ManagerConnection: Sendable {
  private let end: PipeEnd
  private let run: Run

  fileprivate init(_ end: PipeEnd, in run: Run) {
    self.end = end
    self.run = run
  }

  /// Takes over the connection that was passed to this process.
  /// - Throws: `RaisedException` if the word is not a handle.
  public static func attached(_ handle: String, in run: Run) throws -> ManagerConnection {
    ManagerConnection(
      try .attached(handle, descriptor: run.passedDescriptor(0), in: run), in: run)
  }

  func close() { end.close() }

  /// Sends a request and returns the reply.
  /// - Throws: `RunStopped`; `RaisedException`: the server's, or `EOFError` if the server has ended.
  func call(_ request: ManagerRequest) throws -> ManagerValue {
    try end.send(request.text)
    switch ManagerReply(try end.receiveText()) {
    case .value(let value): return value
    case .raised(let exception): throw run.raise(exception)
    }
  }

  /// The number of calls that the server has answered so far.
  public func callCount() throws -> Int {
    guard case .number(let count) = try call(.callCount) else { return 0 }
    return Int(count)
  }
}

/// A proxy of a manager's dictionary. Each access is a call.
public struct DictionaryProxy: Sendable {
  let name: String
  let connection: ManagerConnection

  public init(name: String, connection: ManagerConnection) {
    self.name = name
    self.connection = connection
  }

  /// A copy of the value. A change of the copy does not change the manager's value.
  /// - Throws: `RaisedException` (`KeyError`) if there is no such key.
  public func value(of key: String) throws -> ManagerValue {
    try connection.call(.get(dictionary: name, key: key))
  }

  public func set(_ key: String, to value: ManagerValue) throws {
    _ = try connection.call(.put(dictionary: name, key: key, value: value))
  }
}

/// A proxy of a manager's list. Each access is a call.
public struct ListProxy: Sendable {
  let name: String
  let connection: ManagerConnection

  public init(name: String, connection: ManagerConnection) {
    self.name = name
    self.connection = connection
  }

  public func append(_ value: Int64) throws { _ = try connection.call(.append(list: name, value)) }

  /// A copy of the list.
  public func contents() throws -> [Int64] {
    guard case .list(let values) = try connection.call(.contents(list: name)) else { return [] }
    return values
  }
}

public import Concurrency

/// A function for worker processes. It has a name, because a closure cannot be passed to a process.
public protocol WorkerBody: Sendable {
  /// Unique among all bodies of the program.
  var name: String { get }
}

/// The body of a single process.
public struct ProcessBody: WorkerBody {
  public typealias Work = @Sendable (_ run: Run, _ arguments: [String]) throws -> Void

  public let name: String
  let work: Work

  /// - Parameter work: takes the arguments from the parent.
  public init(_ name: String, _ work: @escaping Work) {
    self.name = name
    self.work = work
  }
}

/// The body of a process pool's workers, which runs each task.
public struct PoolBody: WorkerBody {
  public typealias Work =
    @Sendable (_ input: String, _ arguments: [String], _ run: Run) throws -> String

  public let name: String
  let work: Work

  /// - Parameter work: takes the text of a task and the pool's arguments, and returns the text of
  ///   the result.
  public init(_ name: String, _ work: @escaping Work) {
    self.name = name
    self.work = work
  }
}

/// All bodies that a worker process can run.
public struct WorkerBodies: Sendable {
  private let bodies: [String: any WorkerBody]

  /// - Precondition: no two bodies have the same name.
  public init(_ bodies: [any WorkerBody]) {
    let all = bodies + [Manager.body]
    self.bodies = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
  }

  /// The body with a name, or nil if there is none of this kind.
  func body<Body: WorkerBody>(_ name: String, as kind: Body.Type) -> Body? {
    bodies[name] as? Body
  }
}

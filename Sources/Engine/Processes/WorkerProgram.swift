import CPlatform
import Concurrency
import Events
import Glibc
import Rings

/// The program as a worker process: does what its parent's run wants of it, and ends.
public enum WorkerProgram {
  /// Becomes a worker, and does not return, when the arguments say so. The program's `main` calls
  /// this before anything else.
  /// - Parameter bodies: what a worker can be told to do.
  public static func runIfAsked(
    _ arguments: [String], bodies: @autoclosure () -> WorkerBodies
  ) {
    guard arguments.count > 1, arguments[1] == WorkerSpawn.subcommand else { return }
    exit(run(Array(arguments.dropFirst(2)), bodies()))
  }

  private static func run(_ words: [String], _ bodies: WorkerBodies) -> Int32 {
    guard words.count >= 5, let slotIndex = Int(words[0]), let actor = UInt32(words[1]),
      let parent = pid_t(words[2])
    else {
      return 2
    }
    // The terminal's signals go to the whole group; the parent decides when a worker ends.
    for signal in [SIGINT, SIGQUIT, SIGHUP] { Glibc.signal(signal, SIG_IGN) }
    guard lks_set_parent_death_signal(SIGKILL) == 0, getppid() == parent else { return 1 }
    guard let memory = try? RunMemory(descriptor: WorkerSpawn.memoryDescriptor),
      (0..<RunMemory.slotCount).contains(slotIndex),
      case .message(.setup(let text)) = WorkerMessage.receive(
        from: WorkerSpawn.socketDescriptor, waits: true),
      let configuration = try? RunSetup(text)?.configuration(),
      let task = WorkerTask(words: Array(words.dropFirst(4)), in: bodies)
    else {
      return 2
    }
    _ = fcntl(WorkerSpawn.memoryDescriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(WorkerSpawn.socketDescriptor, F_SETFD, FD_CLOEXEC)
    let name = words[3]
    lks_set_thread_name(name)
    let run = Run(configuration, memory: memory)
    let context = ActorContext(
      memory: memory, slot: memory.actorSlot(slotIndex), id: ActorID(rawValue: actor)
    ) { _ in exit(70) }
    context.pass()
    context.record(EventRecord(.actorName), texts: [name, "process"])
    context.record(EventRecord(.processStart))
    defer {
      run.waitForChildren()
      // Whoever waited did not keep a pause from being reached.
      context.pass()
      context.recordUsage()
    }
    do {
      try task.perform(run, context)
      return 0
    } catch {
      run.noteUncaught(error)
      // Who was let go from a wait without end has not done what it was for.
      return error is RunStopped && memory.mode == .stopping ? 0 : 1
    }
  }
}

/// What a worker process is for, by the words that its parent spawned it with.
private enum WorkerTask {
  /// It serves a pool's tasks, one after the other, until no more come.
  case pool(ObjectID, PoolBody, arguments: [String])
  /// It does one thing.
  case process(ProcessBody, arguments: [String])

  init?(words: [String], in bodies: WorkerBodies) {
    switch words.first {
    case "pool":
      guard words.count >= 3, let pool = UInt32(words[2]),
        let body = bodies.body(words[1], as: PoolBody.self)
      else { return nil }
      self = .pool(ObjectID(rawValue: pool), body, arguments: Array(words.dropFirst(3)))
    case "process":
      guard words.count >= 2, let body = bodies.body(words[1], as: ProcessBody.self) else {
        return nil
      }
      self = .process(body, arguments: Array(words.dropFirst(2)))
    default: return nil
    }
  }

  func perform(_ run: Run, _ context: ActorContext) throws {
    switch self {
    case .pool(let pool, let body, let arguments):
      try context.serve(pool, run: run) { try body.work($0, arguments, run) }
    case .process(let body, let arguments): try body.work(run, arguments)
    }
  }
}

extension ActorContext {
  /// Takes tasks from a pool, one after the other, until it is told to end.
  fileprivate func serve(
    _ pool: ObjectID, run: Run, body: (_ input: String) throws -> String
  ) throws {
    let socket = WorkerSpawn.socketDescriptor
    tell(.ready, to: socket)
    while case .task(let task, let input) = try receive(from: socket, pool: pool) {
      recordTask(.taskStart, input, pool: pool, task: task)
      let answer: WorkerMessage
      do {
        let value = try body(input)
        pass()
        recordTask(.taskFinish, value, pool: pool, task: task)
        answer = .finished(task, value: value)
      } catch let stopped as RunStopped {
        throw stopped
      } catch {
        let exception = run.exception(for: error)
        pass()
        recordTask(.taskFail, exception.description, pool: pool, task: task)
        answer = .failed(task, type: exception.type, message: exception.message)
      }
      tell(answer, to: socket)
    }
  }

  /// Sends the parent a message, until whose effect the run is not at rest.
  private func tell(_ message: WorkerMessage, to socket: Int32) {
    slot.noteSent()
    _ = message.send(to: socket)
  }

  /// Waits for the next message of the pool; the parent unparks the worker when it has sent one.
  private func receive(from socket: Int32, pool: ObjectID) throws(RunStopped) -> WorkerMessage {
    try gate()
    if let message = next(from: socket) { return message }
    let began = memory.clock.now()
    recordUsageIfDue()
    record(.waitBegin(.queueGet, object: pool))
    slot.status = .waiting
    var message: WorkerMessage?
    while memory.mode != .stopping {
      let ticket = slot.ticket()
      message = next(from: socket)
      if message != nil || memory.mode == .stopping { break }
      slot.park(ticket)
    }
    let end = { (outcome: WaitOutcome) in
      let waited = self.memory.clock.now() - began
      self.record(.waitEnd(.queueGet, object: pool, outcome, waited: waited))
    }
    try gate { end(.stopped) }
    end(.got)
    return message ?? .close
  }

  private func next(from socket: Int32) -> WorkerMessage? {
    switch WorkerMessage.receive(from: socket) {
    case .message(let message): message
    case .nothing: nil
    case .end: .close
    }
  }
}

import CPlatform
import Concurrency
import Events
import Glibc
import Rings

/// The program as a worker process.
public enum WorkerProgram {
  /// Runs a worker and exits, if the arguments have the hidden subcommand. The program's `main` must
  /// call this before anything else.
  /// - Parameter bodies: the bodies that workers can run.
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
    // The terminal sends its signals to the whole group, but the parent decides when a worker ends.
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
    let slot = memory.actorSlot(slotIndex)
    let run = Run(configuration, memory: memory) { exception in
      // The process that started the run decides what happens after a failure.
      slot.noteSent()
      _ = WorkerMessage.raised(type: exception.type, message: exception.message)
        .send(to: WorkerSpawn.socketDescriptor)
    }
    let context = ActorContext(
      memory: memory, slot: slot, id: ActorID(rawValue: actor)
    ) { _ in exit(70) }
    context.pass()
    context.record(EventRecord(.actorName), texts: [name, "process"])
    context.record(EventRecord(.processStart))
    defer {
      run.waitForChildren()
      // The run may have been paused during the wait.
      context.pass()
      context.recordUsage()
    }
    do {
      try task.perform(run, context)
      return 0
    } catch {
      if error is RunStopped {
        // A body whose wait was ended because it would last forever has failed.
        return memory.mode == .stopping ? 0 : 1
      }
      let exception = run.exception(for: error)
      context.send(
        .raised(type: exception.type, message: exception.message),
        to: WorkerSpawn.socketDescriptor)
      return 1
    }
  }
}

/// The task of this worker process, from its arguments.
private enum WorkerTask {
  case pool(ObjectID, PoolBody, arguments: [String])
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
  /// Runs a pool's tasks until the pool closes.
  fileprivate func serve(
    _ pool: ObjectID, run: Run, body: (_ input: String) throws -> String
  ) throws {
    let socket = WorkerSpawn.socketDescriptor
    send(.ready, to: socket)
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
      send(answer, to: socket)
    }
  }

  /// Sends the parent a message. The run is not at rest until the parent has handled it.
  fileprivate func send(_ message: WorkerMessage, to socket: Int32) {
    slot.noteSent()
    _ = message.send(to: socket)
  }

  /// Waits for the pool's next message. The parent unparks the worker after it has sent one.
  private func receive(from socket: Int32, pool: ObjectID) throws(RunStopped) -> WorkerMessage {
    try gate(before: NextOperation(.waitBegin, pool))
    if let message = next(from: socket) { return message }
    var message: WorkerMessage?
    try wait(for: .queueGet, object: pool) {
      message = next(from: socket)
      return message != nil
    }
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

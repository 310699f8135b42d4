import CPlatform
import Glibc
import Trace

/// The program as a worker process: takes tasks from its pool, one after the other, until it is
/// told to end.
public enum WorkerProgram {
  /// Becomes a worker, and does not return, when the arguments say so. The program's `main` calls
  /// this before anything else.
  public static func runIfAsked(_ arguments: [String]) {
    guard arguments.count > 1, arguments[1] == WorkerSpawn.subcommand else { return }
    exit(run(Array(arguments.dropFirst(2))))
  }

  private static func run(_ words: [String]) -> Int32 {
    guard words.count >= 6, let slotIndex = Int(words[0]), let actor = UInt32(words[1]),
      let parent = pid_t(words[2])
    else {
      return 2
    }
    // The terminal's signals go to the whole group; the parent decides when a worker ends.
    for signal in [SIGINT, SIGQUIT, SIGHUP] { Glibc.signal(signal, SIG_IGN) }
    guard lks_set_parent_death_signal(SIGKILL) == 0, getppid() == parent else { return 1 }
    guard let memory = try? RunMemory(descriptor: WorkerSpawn.memoryDescriptor),
      (0..<RunMemory.slotCount).contains(slotIndex),
      let body = WorkerBodies.body(named: words[4], arguments: Array(words.dropFirst(6))),
      let pool = UInt32(words[5])
    else {
      return 2
    }
    _ = fcntl(WorkerSpawn.memoryDescriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(WorkerSpawn.socketDescriptor, F_SETFD, FD_CLOEXEC)
    let name = words[3]
    lks_set_thread_name(name)
    let context = ActorContext(
      memory: memory, slot: memory.actorSlot(slotIndex), id: ActorID(rawValue: actor)
    ) { _ in exit(70) }
    context.pass()
    context.record(EventRecord(.actorName), texts: [name, "process"])
    context.record(EventRecord(.processStart))
    do {
      try serve(context, pool: ObjectID(rawValue: pool), body: body)
      context.recordUsage()
      return 0
    } catch {
      return error is RunStopped ? 0 : 1
    }
  }

  private static func serve(_ context: ActorContext, pool: ObjectID, body: WorkerBody) throws {
    let socket = WorkerSpawn.socketDescriptor
    _ = WorkerMessage.ready.send(to: socket)
    while case .task(let task, let input) = try context.receive(from: socket, pool: pool) {
      context.recordTask(.taskStart, input, pool: pool, task: task)
      let answer: WorkerMessage
      do {
        let value = try body(input, context)
        context.pass()
        context.recordTask(.taskFinish, value, pool: pool, task: task)
        answer = .finished(task, value: value)
      } catch let stopped as RunStopped {
        throw stopped
      } catch {
        context.pass()
        context.recordTask(.taskFail, "\(error)", pool: pool, task: task)
        answer = .failed(task, message: "\(error)")
      }
      _ = answer.send(to: socket)
    }
  }
}

/// What a worker does with the text of a task.
typealias WorkerBody = (_ input: String, _ context: ActorContext) throws -> String

extension ActorContext {
  /// Waits for the next message of the pool; the parent unparks the worker when it has sent one.
  fileprivate func receive(from socket: Int32, pool: ObjectID) throws(RunStopped) -> WorkerMessage {
    try gate()
    if let message = next(from: socket) { return message }
    let began = memory.clock.now()
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

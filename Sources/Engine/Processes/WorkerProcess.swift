import CPlatform
import Concurrency
import Events
import Glibc
import Platform
import Rings
import SystemPackage

/// The parent's side of a worker process.
final class WorkerProcess: RunChild {
  let actor: ActorID
  let name: String
  let memory: RunMemory
  let slot: ActorSlot
  /// The child's body and arguments, after the fixed arguments of the hidden subcommand.
  let bodyWords: [String]
  let programPath: String
  /// Descriptors for the child, from `Run.firstPassedDescriptor` on.
  private let passed: Guarded<CopiedDescriptors?>
  private let setup: RunSetup
  private let state = Guarded(State())
  private let onMessage: @Sendable (WorkerMessage) -> Void
  private let onExit: @Sendable (WorkerEnding) -> Void
  /// The exception for an ending that is a failure, or nil for one that the body expects.
  private let exception: @Sendable (WorkerEnding) -> RaisedException?
  private let loss: RunLoss

  private struct State: ~Copyable {
    var pid: pid_t = 0
    var socket: Descriptor?
    var processDescriptor: Descriptor?
    var isGone = false
    /// The actor that waits until the child has started.
    var startWaiter: ActorSlot?
    /// The actor that waits until the child is gone.
    var endWaiter: ActorSlot?
    var killAt: UInt64?
    /// Whether the run itself has sent a signal that ends the process.
    var isToldToEnd = false
  }

  /// - Parameters:
  ///   - exception: the exception for an ending that is a failure; nil if the body expects it.
  ///   - onMessage: takes the child's messages, on the supervisor's thread.
  ///   - onExit: takes the child's ending, on the supervisor's thread.
  init(
    actor: ActorID, name: String, run: Run, slot: ActorSlot, bodyWords: [String],
    passing descriptors: consuming sending CopiedDescriptors = CopiedDescriptors(),
    exception: @escaping @Sendable (WorkerEnding) -> RaisedException?,
    onMessage: @escaping @Sendable (WorkerMessage) -> Void,
    onExit: @escaping @Sendable (WorkerEnding) -> Void
  ) {
    self.exception = exception
    loss = run.loss
    self.actor = actor
    self.name = name
    memory = run.memory
    self.slot = slot
    self.bodyWords = bodyWords
    programPath = run.configuration.workerPath
    passed = Guarded(descriptors)
    setup = RunSetup(run.configuration)
    self.onMessage = onMessage
    self.onExit = onExit
  }

  /// Sends a message and wakes the child; false if the child is gone.
  @discardableResult
  func send(_ message: WorkerMessage) -> Bool {
    let sent = state.withLock { state in
      guard let socket = state.socket?.number else { return false }
      return message.send(to: socket)
    }
    if sent { slot.unpark() }
    return sent
  }

  /// Kills the child unless it ends within `patience` nanoseconds.
  func end(after patience: UInt64) {
    let isScheduled = state.withLock { state in
      guard !state.isGone, state.killAt == nil else { return false }
      state.killAt = MonotonicClock.now() + patience
      return true
    }
    if isScheduled { Supervisor.shared.wake() }
  }

  /// Blocks the calling actor, without an event, until the child has a number or could not be
  /// started.
  func waitUntilStarted() {
    let actor = ActorContext.current
    actor.wait {
      state.withLock { state in
        state.startWaiter = actor.slot
        return state.pid > 0 || state.isGone
      }
    }
  }

  func waitUntilGone() {
    let actor = ActorContext.current
    actor.wait {
      state.withLock { state in
        state.endWaiter = actor.slot
        return state.isGone
      }
    }
  }

  // MARK: The supervisor's side, only called on its thread

  /// Returns the descriptors for the child. The caller owns them.
  func takePassed() -> CopiedDescriptors { passed.withLock { $0.take() } ?? CopiedDescriptors() }

  /// Starts the child. A failure counts as its ending.
  func spawn() {
    do throws(Errno) {
      let ends = try MessageSocket.pair()
      let childEnd = Descriptor(ends.child)
      state.withLock { $0.socket = Descriptor(ends.parent) }
      guard WorkerMessage.setup(setup.text).send(to: ends.parent) else {
        throw Errno(rawValue: errno)
      }
      let pid = try WorkerSpawn.spawn(self, socket: childEnd)
      let startWaiter = state.withLock { state in
        state.pid = pid
        return state.startWaiter
      }
      startWaiter?.unpark()
      let processDescriptor = lks_pidfd_open(pid)
      guard processDescriptor >= 0 else {
        killUnwatched(pid)
        throw Errno(rawValue: -processDescriptor)
      }
      state.withLock { $0.processDescriptor = Descriptor(processDescriptor) }
    } catch {
      finish(.notStarted("\(error) (\(programPath))"))
    }
  }

  /// Ends the process because it cannot be started.
  func failToStart(_ reason: String) {
    finish(.notStarted(reason))
  }

  /// Kills a child that the supervisor cannot poll.
  private func killUnwatched(_ pid: pid_t) {
    _ = Glibc.kill(pid, SIGKILL)
    while waitpid(pid, nil, 0) < 0, errno == EINTR {}
  }

  /// The descriptors to poll: the child's socket and its pidfd, or -1.
  var descriptors: (socket: Int32, process: Int32) {
    state.withLock { ($0.socket?.number ?? -1, $0.processDescriptor?.number ?? -1) }
  }

  /// The process's number in the kernel, or 0 if it has not started.
  var pid: pid_t { state.withLock { $0.pid } }

  /// Sends the child a signal; false if it does not exist.
  @discardableResult
  func signal(_ number: Int32) -> Bool {
    state.withLock { state in
      guard state.pid > 0, !state.isGone else { return false }
      let ends = [SIGKILL, SIGTERM].contains(number)
      if ends { slot.noteEnding() }
      let isSent = Glibc.kill(state.pid, number) == 0
      state.isToldToEnd = state.isToldToEnd || ends && isSent
      return isSent
    }
  }

  /// When to kill the child, by the monotonic clock, or nil.
  var killAt: UInt64? { state.withLock { $0.killAt } }

  func kill() {
    state.withLock { state in
      state.killAt = nil
      guard state.pid > 0, !state.isGone else { return }
      state.isToldToEnd = true
      _ = Glibc.kill(state.pid, SIGKILL)
    }
  }

  /// Reads the child's messages.
  func readMessages() {
    while true {
      let socket = descriptors.socket
      guard socket >= 0 else { return }
      switch WorkerMessage.receive(from: socket) {
      case .message(let message):
        memory.whileNotAtRest {
          if case .raised(let type, let message) = message {
            noteRaise(RaisedException(type: type, message: message))
          }
          onMessage(message)
          slot.noteReceived()
        }
      case .nothing: return
      case .end:
        state.withLock { $0.socket = nil }
        return
      }
    }
  }

  /// Reaps the child if it has ended. Returns whether it has.
  func reap() -> Bool {
    let pid = state.withLock { $0.pid }
    guard pid > 0 else { return false }
    var status: Int32 = 0
    let found = waitpid(pid, &status, WNOHANG)
    // If the program was started with SIGCHLD ignored, the kernel keeps no status.
    let isUnknown = found < 0 && errno == ECHILD
    guard found == pid || isUnknown else { return false }
    readMessages()
    finish(isUnknown ? .unknown : WorkerEnding(waitStatus: status))
    return true
  }

  private func finish(_ ending: WorkerEnding) {
    memory.whileNotAtRest { cleanUp(after: ending) }
  }

  private func cleanUp(after ending: WorkerEnding) {
    // First, before the body can notice the ending and finish.
    noteLoss(ending)
    _ = takePassed()
    recordThreadExits()
    recordExit(ending)
    slot.retire()
    memory.ringBell()
    // Actors that wait for the child, for example at a pipe, must check again.
    memory.wakeAll()
    let (startWaiter, endWaiter) = state.withLock { state in
      state.isGone = true
      state.killAt = nil
      state.socket = nil
      state.processDescriptor = nil
      return (state.startWaiter, state.endWaiter)
    }
    onExit(ending)
    startWaiter?.unpark()
    endWaiter?.unpark()
  }

  private var isToldToEnd: Bool { state.withLock { $0.isToldToEnd } }

  /// Notes that the child's body has failed. The child's threads may keep it from ending.
  private func noteRaise(_ raised: RaisedException) {
    guard memory.mode != .stopping, !isToldToEnd, exception(.exited(1)) != nil else { return }
    loss.noteConsequence(
      RaisedException(type: "RuntimeError", message: "\(name) raised \(raised)"))
  }

  private func noteLoss(_ ending: WorkerEnding) {
    guard ending.isFailure, !isToldToEnd, let exception = exception(ending) else { return }
    // In a run that is being stopped, an error of a child is a consequence. A signal is not.
    if case .exited = ending, memory.mode == .stopping { return }
    if case .exited = ending { loss.noteConsequence(exception) } else { loss.note(exception) }
  }

  /// Records the ends of the child's threads, which ended with it.
  private func recordThreadExits() {
    let pid = state.withLock { $0.pid }
    guard pid > 0 else { return }
    memory.freeClaims(of: pid)
    for slot in memory.actorSlots where slot.claimant == pid {
      guard let actor = slot.actor else { continue }
      var writer = RingWriter(memory: memory, slot: slot.index, actor: actor)
      writer.record(EventRecord(.threadExit), pid: pid, tid: 0, actor: actor.rawValue)
      slot.retire()
    }
  }

  /// Records the child's end as its last event, in its ring.
  private func recordExit(_ ending: WorkerEnding) {
    var event = EventRecord(.processExit)
    let pid = state.withLock { $0.pid }
    switch ending {
    case .exited(let code): event[EventField.status.slot] = Int64(code)
    case .killed(let signal): event[EventField.signal.slot] = Int64(signal)
    case .unknown: break
    // The status that shells use for a command that cannot be executed.
    case .notStarted: event[EventField.status.slot] = 126
    }
    var writer = RingWriter(memory: memory, slot: slot.index, actor: actor)
    writer.record(event, pid: pid, tid: pid, actor: actor.rawValue)
  }
}

extension Run {
  /// Records the spawning of a worker process and creates it. The supervisor must launch it.
  /// - Throws: `RunStopped`, or `RaisedException` if the run has no more actors.
  func newWorker(
    _ name: String, bodyWords: [String],
    passing descriptors: consuming sending CopiedDescriptors = CopiedDescriptors(),
    exception: @escaping @Sendable (WorkerEnding) -> RaisedException?,
    onMessage: @escaping @Sendable (WorkerMessage) -> Void,
    onExit: @escaping @Sendable (WorkerEnding) -> Void
  ) throws -> WorkerProcess {
    let parent = ActorContext.current
    try parent.gate(before: NextOperation(.processSpawn))
    let actor = memory.nextActor()
    guard let slot = memory.claimSlot(for: actor) else {
      throw raise(RaisedException(type: "OSError", message: "the run has no more actors"))
    }
    let worker = WorkerProcess(
      actor: actor, name: name, run: self, slot: slot, bodyWords: bodyWords,
      passing: descriptors, exception: exception, onMessage: onMessage, onExit: onExit)
    children.withLock { $0.append(worker) }
    parent.record(EventRecord(.processSpawn, .child, Int64(actor.rawValue)))
    return worker
  }
}

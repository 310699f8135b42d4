import CPlatform
import Concurrency
import Events
import Glibc
import Platform
import Rings
import SystemPackage

/// A child process of a run, as its parent sees it.
final class WorkerProcess: RunChild {
  let actor: ActorID
  let name: String
  let memory: RunMemory
  let slot: ActorSlot
  /// What the child is to do: the words after the hidden subcommand.
  let bodyWords: [String]
  let programPath: String
  /// Descriptors that the child finds open from `Run.firstPassedDescriptor` on.
  private let passed: Guarded<CopiedDescriptors?>
  private let setup: RunSetup
  private let state = Guarded(State())
  private let onMessage: @Sendable (WorkerMessage) -> Void
  private let onExit: @Sendable (WorkerEnding) -> Void

  private struct State: ~Copyable {
    var pid: pid_t = 0
    var socket: Descriptor?
    var processDescriptor: Descriptor?
    var isGone = false
    /// Who waits until the child is there, and who until it is gone.
    var starter: ActorSlot?
    var watcher: ActorSlot?
    var killAt: UInt64?
  }

  /// - Parameters:
  ///   - onMessage: called on the supervisor's thread, as are all that follow.
  ///   - onExit: the process is gone; or could not be started, and why.
  init(
    actor: ActorID, name: String, run: Run, slot: ActorSlot, bodyWords: [String],
    passing descriptors: consuming sending CopiedDescriptors = CopiedDescriptors(),
    onMessage: @escaping @Sendable (WorkerMessage) -> Void,
    onExit: @escaping @Sendable (WorkerEnding) -> Void
  ) {
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

  /// Sends a message and wakes the child; false when the child is gone.
  @discardableResult
  func send(_ message: WorkerMessage) -> Bool {
    let sent = state.withLock { state in
      guard let socket = state.socket?.number else { return false }
      return message.send(to: socket)
    }
    if sent { slot.unpark() }
    return sent
  }

  /// Kills the child unless it has gone by itself when the time, in ns, is over.
  func end(after patience: UInt64) {
    let isScheduled = state.withLock { state in
      guard !state.isGone, state.killAt == nil else { return false }
      state.killAt = MonotonicClock.now() + patience
      return true
    }
    if isScheduled { Supervisor.shared.wake() }
  }

  /// Blocks the calling actor, without an event, until the child is there and has a number, or
  /// cannot be started.
  func waitUntilStarted() {
    let actor = ActorContext.current
    actor.wait {
      state.withLock { state in
        state.starter = actor.slot
        return state.pid > 0 || state.isGone
      }
    }
  }

  func waitUntilGone() {
    let actor = ActorContext.current
    actor.wait {
      state.withLock { state in
        state.watcher = actor.slot
        return state.isGone
      }
    }
  }

  // MARK: The supervisor's side; called on its thread only.

  /// What the child is to be given, which is the caller's from now on.
  func takePassed() -> CopiedDescriptors { passed.withLock { $0.take() } ?? CopiedDescriptors() }

  /// Starts the child. A failure is told as its exit.
  func spawn() {
    do throws(Errno) {
      let ends = try MessageSocket.pair()
      let childEnd = Descriptor(ends.child)
      state.withLock { $0.socket = Descriptor(ends.parent) }
      guard WorkerMessage.setup(setup.text).send(to: ends.parent) else {
        throw Errno(rawValue: errno)
      }
      let pid = try WorkerSpawn.spawn(self, socket: childEnd)
      let starter = state.withLock { state in
        state.pid = pid
        return state.starter
      }
      starter?.unpark()
      let processDescriptor = lks_pidfd_open(pid)
      guard processDescriptor >= 0 else {
        abandon(pid)
        throw Errno(rawValue: -processDescriptor)
      }
      state.withLock { $0.processDescriptor = Descriptor(processDescriptor) }
    } catch {
      finish(.notStarted("\(name) could not be started: \(error) (\(programPath))"))
    }
  }

  /// Ends the process before it began: nobody can start it.
  func refuse(_ reason: String) {
    finish(.notStarted("\(name) could not be started: \(reason)"))
  }

  /// Ends a child that cannot be watched.
  private func abandon(_ pid: pid_t) {
    _ = Glibc.kill(pid, SIGKILL)
    while waitpid(pid, nil, 0) < 0, errno == EINTR {}
  }

  /// The descriptors to watch: the connection and the process itself.
  var descriptors: (socket: Int32, process: Int32) {
    state.withLock { ($0.socket?.number ?? -1, $0.processDescriptor?.number ?? -1) }
  }

  /// The kernel's number of the process; 0 before it is there.
  var pid: pid_t { state.withLock { $0.pid } }

  /// Sends the child a signal; false when it is not there, or gone.
  @discardableResult
  func signal(_ number: Int32) -> Bool {
    state.withLock { state in
      guard state.pid > 0, !state.isGone else { return false }
      if [SIGKILL, SIGTERM].contains(number) { slot.noteEnding() }
      return Glibc.kill(state.pid, number) == 0
    }
  }

  /// When the child is to be killed; nil for never.
  var killAt: UInt64? { state.withLock { $0.killAt } }

  func kill() {
    state.withLock { state in
      state.killAt = nil
      if state.pid > 0, !state.isGone { _ = Glibc.kill(state.pid, SIGKILL) }
    }
  }

  /// Takes what the child sent.
  func readMessages() {
    while true {
      let socket = descriptors.socket
      guard socket >= 0 else { return }
      switch WorkerMessage.receive(from: socket) {
      case .message(let message):
        memory.whileNotAtRest {
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

  /// Notes the child's end if it has come. Returns whether it has.
  func reap() -> Bool {
    let pid = state.withLock { $0.pid }
    guard pid > 0 else { return false }
    var status: Int32 = 0
    let found = waitpid(pid, &status, WNOHANG)
    // Where the program was started with SIGCHLD ignored, the kernel keeps no status.
    let isUnknown = found < 0 && errno == ECHILD
    guard found == pid || isUnknown else { return false }
    readMessages()
    finish(isUnknown ? .unknown : WorkerEnding(waitStatus: status))
    return true
  }

  private func finish(_ ending: WorkerEnding) {
    memory.whileNotAtRest { bury(ending) }
  }

  private func bury(_ ending: WorkerEnding) {
    _ = takePassed()
    buryThreads()
    recordExit(ending)
    slot.retire()
    memory.ringBell()
    // Whoever waits for something of the child's looks again, now that none of it is left.
    memory.wakeAll()
    let (starter, watcher) = state.withLock { state in
      state.isGone = true
      state.killAt = nil
      state.socket = nil
      state.processDescriptor = nil
      return (state.starter, state.watcher)
    }
    onExit(ending)
    starter?.unpark()
    watcher?.unpark()
  }

  /// The threads that the child had are gone with it; their ends are recorded in their names.
  private func buryThreads() {
    let pid = state.withLock { $0.pid }
    guard pid > 0 else { return }
    for slot in memory.actorSlots where slot.claimant == pid {
      guard let actor = slot.actor else { continue }
      var writer = RingWriter(memory: memory, slot: slot.index, actor: actor)
      writer.record(EventRecord(.threadExit), pid: pid, tid: 0, actor: actor.rawValue)
      slot.retire()
    }
  }

  /// The dead child's ring is nobody's now; its last event is recorded there in its name.
  private func recordExit(_ ending: WorkerEnding) {
    var event = EventRecord(.processExit)
    let pid = state.withLock { $0.pid }
    switch ending {
    case .exited(let code): event[EventField.status.slot] = Int64(code)
    case .killed(let signal): event[EventField.signal.slot] = Int64(signal)
    case .unknown: break
    // The code that shells give for a command that cannot be executed.
    case .notStarted: event[EventField.status.slot] = 126
    }
    var writer = RingWriter(memory: memory, slot: slot.index, actor: actor)
    writer.record(event, pid: pid, tid: pid, actor: actor.rawValue)
  }
}

/// The kind of an event: one vocabulary for threads, worker processes and recordings.
@frozen
public enum EventKind: UInt8, CaseIterable, Sendable {
  /// The first event of a run; its main thread records it.
  case runStart = 1
  /// The last event of a run: how it ended, and how many events were lost.
  case runFinish
  /// The whole run is paused; it resumes; one operation may happen.
  case runPause, runResume, runStep
  /// The actor's display name; the actor records it before its start.
  case actorName
  /// The object's display name; its creator records it.
  case objectName
  /// The parent spawns a process; carries the child's actor number.
  case processSpawn
  /// The child's first event after its name.
  case processStart
  /// The kernel reported the child's end; carries the child's actor, pid and tid.
  case processExit
  case threadSpawn
  /// The thread's first event after its name.
  case threadStart
  /// The thread's last event.
  case threadExit
  /// The actor waits from here to `waitEnd`.
  case waitBegin
  case waitEnd
  /// The actor holds the lock from here to `lockRelease`.
  case lockAcquire, lockRelease
  case conditionNotify
  case eventSet, eventClear
  case barrierPass
  case queuePut, queueGet
  case pipeSend, pipeReceive
  case listAppend
  /// The first value of the list was taken.
  case listRemove
  case variableRead, variableWrite
  /// All workers are ready.
  case poolOpen
  /// All workers have ended.
  case poolClose
  case taskSubmit, taskStart, taskFinish, taskFail, taskCancel
  case exceptionRaise, exceptionCatch
  /// Printed text, one line or more.
  case output
  /// The actor reached a line of the listing.
  case line
  /// The kernel's accounting of the actor: CPU time, core, resident memory.
  case sample
  /// One of the demo's results.
  case result
  /// A measured value.
  case measure
  /// Events of the actor were lost.
  case loss
  /// The run's clock changes its speed.
  case runSpeed
  /// A kind of a newer schema; the event is kept as it was read.
  case unknown = 255
}

extension EventKind {
  /// The name in JSON and in the events pane.
  public var name: String { Self.names[Int(rawValue)] }

  /// `,"kind":"name"`, as JSON has it.
  var json: [UInt8] { Self.jsonTable[Int(rawValue)] }

  /// The fields after the header, in the order in which they are written.
  public var fields: [EventField] { Self.fieldTable[Int(rawValue)] }

  /// The table of the vocabulary: each kind's name and fields.
  private static let table: [(kind: EventKind, name: String, fields: [EventField])] = [
    (.runStart, "run.start", [.demo, .parameters, .engine, .version, .cores, .schema]),
    (.runFinish, "run.finish", [.runOutcome, .lost]),
    (.runPause, "run.pause", []),
    (.runResume, "run.resume", []),
    (.runStep, "run.step", []),
    (.runSpeed, "run.speed", [.speed]),
    (.actorName, "actor.name", [.name, .type]),
    (.objectName, "object.name", [.name, .type]),
    (.processSpawn, "process.spawn", [.child]),
    (.processStart, "process.start", []),
    (.processExit, "process.exit", [.status, .signal]),
    (.threadSpawn, "thread.spawn", [.child]),
    (.threadStart, "thread.start", []),
    (.threadExit, "thread.exit", []),
    (.waitBegin, "wait.begin", [.reason, .until, .awaited]),
    (.waitEnd, "wait.end", [.reason, .waitOutcome, .waited]),
    (.lockAcquire, "lock.acquire", [.depth, .permits]),
    (.lockRelease, "lock.release", [.depth, .permits]),
    (.conditionNotify, "condition.notify", []),
    (.eventSet, "event.set", []),
    (.eventClear, "event.clear", []),
    (.barrierPass, "barrier.pass", []),
    (.queuePut, "queue.put", [.value, .size]),
    (.queueGet, "queue.get", [.value, .size]),
    (.pipeSend, "pipe.send", [.value, .size]),
    (.pipeReceive, "pipe.receive", [.value, .size]),
    (.listAppend, "list.append", [.value, .size]),
    (.listRemove, "list.remove", [.value, .size]),
    (.variableRead, "variable.read", [.value, .size]),
    (.variableWrite, "variable.write", [.value, .size]),
    (.poolOpen, "pool.open", [.size]),
    (.poolClose, "pool.close", [.size]),
    (.taskSubmit, "task.submit", [.value, .pool, .task]),
    (.taskStart, "task.start", [.value, .pool, .task]),
    (.taskFinish, "task.finish", [.value, .pool, .task]),
    (.taskFail, "task.fail", [.value, .pool, .task]),
    (.taskCancel, "task.cancel", [.value, .pool, .task]),
    (.exceptionRaise, "exception.raise", [.type, .message]),
    (.exceptionCatch, "exception.catch", [.type, .message]),
    (.output, "output", [.text]),
    (.line, "line", []),
    (.sample, "sample", [.cpu, .core, .memory]),
    (.result, "result", [.name, .value]),
    (.measure, "measure", [.name, .unit, .value]),
    (.loss, "loss", [.count]),
    (.unknown, "unknown", []),
  ]

  private static let names: [String] = {
    var names = [String](repeating: "unknown", count: 256)
    for row in table { names[Int(row.kind.rawValue)] = row.name }
    return names
  }()

  private static let jsonTable = names.map { Array(",\"kind\":\"\($0)\"".utf8) }

  private static let fieldTable: [[EventField]] = {
    var fields = [[EventField]](repeating: [], count: 256)
    for row in table { fields[Int(row.kind.rawValue)] = row.fields }
    return fields
  }()
}

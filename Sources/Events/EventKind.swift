/// What happened. One vocabulary for native threads, worker processes and recordings.
@frozen
public enum EventKind: UInt8, CaseIterable, Sendable {
  /// First of every run; recorded by its main thread.
  case runStart = 1
  /// Last of every run: how it ended, and how many events were lost on the way.
  case runFinish
  /// All of the run rests; it goes on; one operation may happen.
  case runPause, runResume, runStep
  /// The name that a person sees for the actor, which records it itself before its start.
  case actorName
  /// The name that a person sees for the object, recorded by whoever made it.
  case objectName
  /// The parent asked for a process: its actor number.
  case processSpawn
  /// First of the child itself after its name.
  case processStart
  /// The kernel reported the child's end; carries the child's actor, pid and tid.
  case processExit
  case threadSpawn
  /// First of the thread itself after its name.
  case threadStart
  /// Last of the thread itself.
  case threadExit
  /// From here the actor does nothing until `waitEnd`.
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
  /// The front of the list was taken.
  case listRemove
  case variableRead, variableWrite
  /// All workers are ready.
  case poolOpen
  /// All workers have gone.
  case poolClose
  case taskSubmit, taskStart, taskFinish, taskFail, taskCancel
  case exceptionRaise, exceptionCatch
  /// What the program itself prints, a line or more.
  case output
  /// The actor reached a line of the listing.
  case line
  /// What the kernel accounts for the actor: CPU time in ns, core, resident bytes.
  case sample
  /// One of the demo's results, in the order in which the program gives them.
  case result
  /// Something the demo measured.
  case measure
  /// Events of the actor that could not be kept.
  case loss
  /// From here on the run's clock goes at another speed.
  case runSpeed
  /// A kind of a newer schema, kept as it came.
  case unknown = 255
}

extension EventKind {
  /// The name in JSON and in the events pane.
  public var name: String { Self.names[Int(rawValue)] }

  /// `,"kind":"name"`, as it stands in JSON.
  var json: [UInt8] { Self.jsonTable[Int(rawValue)] }

  /// The fields beside the header, in the order in which they are written.
  public var fields: [EventField] { Self.fieldTable[Int(rawValue)] }

  /// THE table of the vocabulary: each kind's name and fields.
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

import Events

extension RunState {
  /// What happens to a pool and its tasks.
  mutating func applyToPool(_ event: Event, _ kind: EventKind, actor: Int) {
    let told = event.record[EventField.pool.slot]
    let isTask = kind != .poolOpen && kind != .poolClose
    let number = isTask ? told.map { UInt32(clamping: $0) } : nil
    guard let pool = index(ofObject: number ?? event.record.object, event) else { return }
    objects[pool].form = .pool
    switch kind {
    case .poolOpen:
      objects[pool].pool.isOpen = true
      objects[pool].pool.size = Int(event.record[EventField.size.slot] ?? 0)
    case .poolClose:
      checkClose(event, pool)
      objects[pool].pool.isOpen = false
    default:
      guard let number = event.record[EventField.task.slot] else {
        note(event, "\(kind.name) names no task")
        return
      }
      applyToTask(event, kind, Int(number), actor, pool)
    }
  }

  private mutating func applyToTask(
    _ event: Event, _ kind: EventKind, _ number: Int, _ actor: Int, _ pool: Int
  ) {
    checkTask(event, kind, number, actor, pool)
    let phase: TaskWindow.Phase
    switch kind {
    case .taskSubmit:
      phase = .submitted
      objects[pool].pool.submitted += 1
    case .taskStart:
      phase = .started
      objects[pool].pool.started += 1
      objects[pool].pool.note(worker: actors[actor].id)
      actors[actor].task = TaskInHand(
        pool: objects[pool].id, number: number, value: event.soleValue)
    case .taskCancel:
      phase = .ended
      objects[pool].pool.cancelled += 1
    default:
      phase = .ended
      if kind == .taskFail {
        objects[pool].pool.failed += 1
      } else {
        objects[pool].pool.finished += 1
      }
      actors[actor].task = nil
      actors[actor].tasksDone += 1
    }
    if !objects[pool].pool.tasks.set(number, phase) {
      note(event, "\(objects[pool].name) cannot have a task \(number)")
    }
  }
}

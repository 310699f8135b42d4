package import Catalog
internal import LessonKit
internal import RunViews
internal import Trace

/// The runs of the open step, and the values of their parameters.
extension Model {
  /// The run of a run block, with the learner's changes.
  package func request(run index: Int) -> RunRequest? {
    guard let step, step.runs.indices.contains(index) else { return nil }
    return changedRuns[place(ofRun: index)] ?? step.runs[index].request
  }

  /// The run that `r` starts, or nil.
  package var selectedRequest: RunRequest? { request(run: selectedRun) }

  private func place(ofRun index: Int) -> RunPlace { RunPlace(step: place, run: index) }

  /// The index of the named run, or nil if the step has no run of that demo.
  private func index(of words: RunWords) -> Int? {
    switch words.which {
    case nil: selectedRun
    case .index(let index)?: index
    case .demo(let name)?:
      step?.runs.indices.first { request(run: $0)?.demo.id == name.lowercased() }
    }
  }

  /// The reason why the named run cannot run or change, or nil.
  func problem(with words: RunWords) -> Remark? {
    guard let index = index(of: words) else {
      guard case .demo(let name) = words.which else { return nil }
      let shown = ValueText.abbreviated(name, limit: 40)
      return "this step has no run \"\(shown)\"; nothing was changed"
    }
    guard request(run: index) == nil else { return nil }
    let runs = step?.runs ?? []
    if runs.isEmpty { return "there is nothing to run in this step" }
    if runs.indices.contains(index), case .failure(let error) = runs[index].outcome {
      return "this cannot run: \(error.description)"
    }
    return "this step has \(runs.count) run\(runs.count == 1 ? "" : "s")"
  }

  /// The values of a run as entered, valid together or not.
  package func values(of request: RunRequest, run index: Int) -> [String: ParameterValue] {
    var values: [String: ParameterValue] = [:]
    for name in request.arguments.names { values[name] = request.arguments[name] }
    return values.merging(drafts[place(ofRun: index)] ?? [:]) { $1 }
  }

  // MARK: running

  /// Starts the named run, with new values if there are any. A live run is stopped first, and the
  /// new one starts when it has ended.
  package mutating func run(_ words: RunWords) -> [Effect] {
    guard let index = index(of: words) else { return [] }
    if !words.values.isEmpty, !change(words.values, run: index, isRunNext: true) {
      return []
    }
    guard isReady(index), let request = request(run: index) else { return [] }
    selectedRun = index
    if session?.isLive == true {
      queued = request
      return stop()
    }
    awaited = request
    return [.start(request)]
  }

  /// Opens the form for the parameters of the named run.
  mutating func openForm(_ words: RunWords) {
    guard let index = index(of: words) else { return }
    selectedRun = index
    layer = form(run: index).map { .parameters($0) }
  }

  private func form(run index: Int) -> ParameterForm? {
    guard let request = request(run: index) else { return nil }
    return ParameterForm(
      request, values: values(of: request, run: index), place: place(ofRun: index))
  }

  // MARK: values

  /// Sets values of the selected run by `name=value` words, and shows a notice with them.
  package mutating func change(_ words: [String]) {
    change(words, run: selectedRun, isRunNext: false)
  }

  /// Sets values by `name=value` words: all of them, or none if one is not valid.
  /// - Parameter isRunNext: whether the run starts next, so that no notice is needed.
  /// - Returns: whether all values are valid, also together.
  @discardableResult
  private mutating func change(_ words: [String], run index: Int, isRunNext: Bool) -> Bool {
    guard let request = request(run: index) else { return false }
    var values = values(of: request, run: index)
    var changes: [Remark] = []
    var problems: [Remark] = []
    let from = session?.isLive == true ? " for the next run" : ""
    for word in words {
      switch Self.value(in: word, of: request.demo) {
      case .success(let (name, value)):
        values[name] = value
        let shown = ParameterText.value(value)
        changes.append(Remark("\(name) is now \(shown)\(from)", beginsWithName: true))
      case .failure(let problem): problems.append(problem.remark)
      }
    }
    guard problems.isEmpty else {
      notify(problems + (words.count > 1 ? ["nothing was changed"] : []))
      return false
    }
    selectedRun = index
    if !isRunNext { notify(changes, isWarning: false) }
    return keep(values, of: request, run: index)
  }

  /// Resets the selected run to the defaults of its demo.
  mutating func resetValues() {
    guard let request = selectedRequest else { return }
    drafts[place(ofRun: selectedRun)] = nil
    changedRuns[place(ofRun: selectedRun)] = RunRequest(
      demo: request.demo, arguments: request.demo.defaults, engine: request.engine)
    renewForm()
    notify(["all parameters of \(request.demo.id) are reset to their defaults"], isWarning: false)
  }

  /// Whether the values of a run are valid together. If not, shows a notice with the reason.
  private mutating func isReady(_ index: Int) -> Bool {
    guard drafts[place(ofRun: index)] != nil, let request = request(run: index) else { return true }
    return keep(values(of: request, run: index), of: request, run: index)
  }

  private mutating func keep(
    _ values: [String: ParameterValue], of request: RunRequest, run index: Int
  ) -> Bool {
    let words = request.demo.parameters.map { "\($0.name)=\(values[$0.name] ?? $0.defaultValue)" }
    defer { renewForm() }
    do {
      let arguments = try Arguments(words: words, for: request.demo)
      changedRuns[place(ofRun: index)] = RunRequest(
        demo: request.demo, arguments: arguments, engine: request.engine)
      drafts[place(ofRun: index)] = nil
      return true
    } catch {
      drafts[place(ofRun: index)] = values
      notify(
        also: ["this cannot run yet: \(error.description)", "your values are kept"],
        isWarning: true)
      return false
    }
  }

  /// Updates an open form with the values of its run.
  private mutating func renewForm() {
    guard case .parameters(let old) = layer, var new = form(run: old.place.run) else { return }
    new.selection = old.selection
    layer = .parameters(new)
  }

  private struct ValueProblem: Error {
    let remark: Remark
  }

  private static func value(
    in word: String, of demo: Demo
  ) -> Result<(String, ParameterValue), ValueProblem> {
    let name = String(word.prefix { $0 != "=" })
    guard let parameter = demo.parameters.first(where: { $0.name == name }), word.contains("=")
    else {
      var text = "\"\(word)\" is not a parameter"
      do { _ = try Arguments(words: [word], for: demo) } catch { text = error.description }
      return .failure(ValueProblem(remark: Remark(text, beginsWithName: true)))
    }
    let text = String(word.dropFirst(name.count + 1))
    if let value = try? parameter.value(in: text) { return .success((name, value)) }
    let shown = ValueText.abbreviated(text, limit: 40)
    return .failure(
      ValueProblem(
        remark:
          "\"\(shown)\" is not a value of \(name), which is \(ParameterText.range(parameter.kind))")
    )
  }
}

internal import Catalog
internal import LessonKit
internal import Trace

extension PlainTutor {
  /// The values of a run as they were typed, whether they go together or not.
  private func values(of request: RunRequest, at place: RunPlace) -> [String: ParameterValue] {
    var values: [String: ParameterValue] = [:]
    for name in request.arguments.names { values[name] = request.arguments[name] }
    return values.merging(drafts[place] ?? [:]) { $1 }
  }

  private func place(ofRun index: Int) -> RunPlace { RunPlace(step: model.place, run: index) }

  /// Lists what can be changed about a run; its numbers choose.
  mutating func tellParameters(_ index: Int, _ answer: inout PlainAnswer) {
    guard let request = runnable(index, &answer) else { return }
    model.selectedRun = index
    let count = model.step?.runs.count ?? 1
    let which = count > 1 ? ", run \(index + 1) of \(count) in this step" : ""
    answer.say("Parameters of \(request.demo.id)\(which):")
    let values = values(of: request, at: place(ofRun: index))
    for (number, parameter) in request.demo.parameters.enumerated() {
      let value = values[parameter.name] ?? parameter.defaultValue
      answer.say("\(number + 1) \(PlainParameterText.line(parameter, value))")
    }
    list = .parameters(run: index)
    tellChoices(&answer)
  }

  /// Asks for the value of one parameter.
  mutating func askValue(of number: Int, run: Int, _ answer: inout PlainAnswer) -> Bool {
    guard let request = model.request(run: run),
      let index = ListNumber.index(number, count: request.demo.parameters.count)
    else { return false }
    let parameter = request.demo.parameters[index]
    let value = values(of: request, at: place(ofRun: run))[parameter.name]
    answer.say(
      "\(parameter.name) is \(PlainParameterText.value(value ?? parameter.defaultValue)). "
        + "It takes \(PlainParameterText.range(parameter.kind)). Type a value, or Enter to keep it."
    )
    list = .value(run: run, name: parameter.name)
    return true
  }

  /// Takes the value that was asked for; what is no value and is a command is done.
  mutating func takeValue(
    _ line: String, of name: String, run: Int, _ answer: inout PlainAnswer
  ) {
    list = .parameters(run: run)
    if line.isEmpty || line == "back" {
      answer.say("\(name) stays as it was.")
      tellChoices(&answer)
      return
    }
    let parameter = model.request(run: run)?.demo.parameters.first { $0.name == name }
    if (try? parameter?.value(in: line)) == nil {
      if !isBusy, takeNamed(line, &answer) { return }
      if let command = PlainCommand.command(in: line) { return perform(command, &answer) }
    }
    let word = line.contains("=") ? line : "\(name)=\(line)"
    if assign([word], run: run, &answer) {
      tellChoices(&answer)
    } else if list == .parameters(run: run) {
      answer.say("Type another value, or Enter to keep the one it has.")
      list = .value(run: run, name: name)
    }
  }

  /// Sets values by `name=value` words: all of them, or none where one is not allowed.
  /// - Parameter isRunNext: whether the run begins with them at once.
  /// - Returns: whether all of them are in order and go together.
  @discardableResult
  mutating func assign(
    _ words: [String], run: Int, _ answer: inout PlainAnswer, isRunNext: Bool = false
  ) -> Bool {
    guard let request = runnable(run, &answer) else { return false }
    var changed: [(name: String, value: ParameterValue)] = []
    for word in words {
      do throws(ParameterError) {
        // One word alone, so that what is wrong with it is told whatever the others are.
        let name = String(word.prefix { $0 != "=" })
        guard let parameter = request.demo.parameters.first(where: { $0.name == name }),
          word.contains("=")
        else {
          _ = try Arguments(words: [word], for: request.demo)
          continue
        }
        let text = String(word.dropFirst(name.count + 1))
        if let value = Self.value(text, of: parameter, &answer) { changed.append((name, value)) }
      } catch {
        answer.say(Narrator.closed(error.description))
      }
    }
    guard changed.count == words.count else {
      if words.count > 1 { answer.say("Nothing was changed.") }
      return false
    }
    model.selectedRun = run
    let place = place(ofRun: run)
    var values = values(of: request, at: place)
    let from = model.session?.isLive == true && !isRunNext ? ", from the next run on" : ""
    for (name, value) in changed {
      values[name] = value
      answer.say("\(name) is now \(PlainParameterText.value(value))\(from).")
    }
    return keep(values, of: request, at: place, &answer)
  }

  /// Takes a parameter by its own name: with a value behind it, it is set, and else asked for.
  /// - Returns: whether the line begins with one.
  mutating func takeNamed(_ line: String, _ answer: inout PlainAnswer) -> Bool {
    let name = line.prefix { $0 != " " }.lowercased()
    let run = chosenRun
    guard let parameters = model.request(run: run)?.demo.parameters,
      let index = parameters.firstIndex(where: { $0.name == name })
    else { return false }
    let value = PlainCommand.trimmed(line.dropFirst(name.count))
    guard !value.isEmpty else { return askValue(of: index + 1, run: run, &answer) }
    // What follows an equals sign is a line of values, told from one value by that sign.
    guard !value.contains("=") else { return false }
    assign(["\(name)=\(value)"], run: run, &answer)
    tellChoices(&answer)
    return true
  }

  /// The run that values are set for: that of the parameters told last, or the chosen one.
  var chosenRun: Int {
    if case .parameters(let run) = list { return run }
    return model.selectedRun
  }

  /// Puts a run's values back to those that its demo has by itself.
  mutating func resetValues(run: Int, _ answer: inout PlainAnswer) {
    guard let request = runnable(run, &answer) else { return }
    let place = place(ofRun: run)
    drafts[place] = nil
    model.changedRuns[place] = RunRequest(
      demo: request.demo, arguments: request.demo.defaults, engine: request.engine)
    answer.say("All parameters of \(request.demo.id) have their defaults again.")
  }

  /// The run as it would begin now; nil, and the reason told, where there is none or its values do
  /// not go together.
  mutating func readyRun(_ index: Int, _ answer: inout PlainAnswer) -> RunRequest? {
    guard let request = runnable(index, &answer) else { return nil }
    let place = place(ofRun: index)
    guard drafts[place] != nil else { return request }
    let values = values(of: request, at: place)
    return keep(values, of: request, at: place, &answer) ? model.request(run: index) : nil
  }

  private mutating func keep(
    _ values: [String: ParameterValue], of request: RunRequest, at place: RunPlace,
    _ answer: inout PlainAnswer
  ) -> Bool {
    let words = request.demo.parameters.map { "\($0.name)=\(values[$0.name] ?? $0.defaultValue)" }
    do {
      let arguments = try Arguments(words: words, for: request.demo)
      model.changedRuns[place] = RunRequest(
        demo: request.demo, arguments: arguments, engine: request.engine)
      drafts[place] = nil
      return true
    } catch {
      drafts[place] = values
      answer.say(
        Narrator.closed("That cannot be run yet: \(error.description)")
          + " What you typed is kept.")
      return false
    }
  }

  private static func value(
    _ text: String, of parameter: Parameter, _ answer: inout PlainAnswer
  ) -> ParameterValue? {
    if let value = try? parameter.value(in: text) { return value }
    let told = ValueText.abbreviated(text, limit: 40)
    answer.say(
      "\"\(told)\" is no value for \(parameter.name). It takes "
        + "\(PlainParameterText.range(parameter.kind)).")
    return nil
  }

  /// A run of the step; where there is none, that is told.
  func runnable(_ index: Int, _ answer: inout PlainAnswer) -> RunRequest? {
    if let request = model.request(run: index) { return request }
    let runs = model.step?.runs ?? []
    if runs.isEmpty {
      answer.say("There is nothing to run in this step.")
    } else if runs.indices.contains(index), case .failure(let error) = runs[index].outcome {
      answer.say(Narrator.closed("This cannot be run: \(error.description)"))
    } else {
      answer.say("This step has \(PlainRunText.counted(runs.count, "run")).")
    }
    return nil
  }
}

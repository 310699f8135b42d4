internal import Catalog
internal import LessonKit
internal import Trace
internal import Tutor

/// The parameters of a run, as a list and as questions.
extension PlainTutor {
  /// Says the numbered parameters of a run.
  func sayParameters(_ form: ParameterForm, _ answer: inout PlainAnswer) {
    let count = model.step?.runs.count ?? 1
    let which = count > 1 ? ", run \(form.place.run + 1) of \(count) in this step" : ""
    answer.say("Parameters of \(form.demo.id)\(which):")
    for (index, parameter) in form.demo.parameters.enumerated() {
      answer.say("\(index + 1) \(ParameterText.line(parameter, form.value(index)))")
    }
  }

  /// Asks for the value of a parameter of the open form.
  mutating func askValue(_ index: Int, _ answer: inout PlainAnswer) {
    guard case .parameters(let form) = model.layer else { return }
    _ = model.perform(.select(index))
    page = .value
    let parameter = form.fields[index].parameter
    answer.say(
      "\(parameter.name) is \(ParameterText.value(form.value(index))). "
        + "It takes \(ParameterText.range(parameter.kind)). Type a value, or Enter to keep it.")
  }

  /// Sets the requested value. A line that is a command and not a value performs the command
  /// instead.
  mutating func handle(value line: String, _ answer: inout PlainAnswer) {
    page = .none
    guard case .parameters(let form) = model.layer, let parameter = form.selected?.parameter else {
      return
    }
    if line.isEmpty || line == "back" {
      answer.say("\(parameter.name) is unchanged.")
      return sayChoices(&answer)
    }
    if (try? parameter.value(in: line)) == nil {
      if !isBusy, handleParameter(line, &answer) { return }
      if let command = PlainLine.command(in: line) { return perform(command, &answer) }
    }
    model.dismissNotice()
    answer.effects += model.perform(
      .change([line.contains("=") ? line : "\(parameter.name)=\(line)"]))
    sayNotice(&answer)
    if model.notice?.isWarning == true {
      answer.say("Type another value, or Enter to keep the one it has.")
      page = .value
    } else {
      sayChoices(&answer)
    }
  }

  /// Handles a line that begins with a parameter's name: sets its value, or asks for one.
  /// - Returns: whether the line begins with the name of a parameter.
  mutating func handleParameter(_ line: String, _ answer: inout PlainAnswer) -> Bool {
    let name = line.prefix { $0 != " " }.lowercased()
    guard let parameters = model.selectedRequest?.demo.parameters,
      let index = parameters.firstIndex(where: { $0.name == name })
    else { return false }
    let value = line.dropFirst(name.count).trimmed
    if value.isEmpty {
      if case .parameters = model.layer {} else { _ = model.perform(.parameters()) }
      askValue(index, &answer)
      return true
    }
    // A line with a second equals sign has several values.
    guard !value.contains("=") else { return false }
    perform(.change(["\(name)=\(value)"]), &answer)
    return true
  }
}

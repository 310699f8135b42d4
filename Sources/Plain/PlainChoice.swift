internal import Catalog
internal import LessonKit
internal import Tutor

/// The numbered choices of a step.
///
/// A number means the same in every step, so that the user need not hear the list again. A choice
/// that does nothing here is left out.
struct PlainChoice: Equatable {
  let number: Int
  let text: String

  /// Returns the number of a runnable block of the step: 1 for the first, then 6, 7 …
  static func number(ofRun index: Int) -> Int { index == 0 ? 1 : index + 5 }

  /// Returns the command of a number, or nil if the number is not a choice.
  static func command(_ number: Int, in model: Model) -> Command? {
    switch number {
    case 1: .run(RunWords(index: 0))
    case 2: .parameters()
    case 3: .nextStep
    case 4: .lessons
    case 5: .quit
    default:
      (6..<model.shownRuns + 5).contains(number) && model.request(run: number - 5) != nil
        ? .run(RunWords(index: number - 5)) : nil
    }
  }

  /// Returns the choices of the current step.
  static func all(_ model: Model) -> [PlainChoice] {
    var choices: [PlainChoice] = []
    let runs = (0..<model.shownRuns).filter { model.request(run: $0) != nil }
    func run(_ index: Int) -> PlainChoice? {
      guard let request = model.request(run: index) else { return nil }
      // With several runs, the text of the step describes each of them.
      return PlainChoice(
        number: number(ofRun: index),
        text: "run \(runs.count > 1 ? RunWords.ordinal(index) : request.demo.id)")
    }
    if runs.first == 0, let first = run(0) { choices.append(first) }
    if !runs.isEmpty { choices.append(PlainChoice(number: 2, text: "parameters")) }
    if let next = model.nextPlace {
      let isSame = next.lesson == model.place.lesson
      choices.append(PlainChoice(number: 3, text: isSame ? "next step" : "next lesson"))
    }
    choices.append(PlainChoice(number: 4, text: "lessons"))
    choices.append(PlainChoice(number: 5, text: "quit"))
    return choices + runs.filter { $0 > 0 }.compactMap(run)
  }

  /// Returns all choices in one sentence.
  static func sentence(_ model: Model) -> String {
    "Choices: " + all(model).map { "\($0.number) \($0.text)" }.joined(separator: "; ")
      + "; or help."
  }
}

internal import Catalog
internal import LessonKit
internal import Tutor

/// The numbered choices of a step. A number means the same everywhere, so that it can be typed
/// without hearing the list again; a choice that does nothing here is left out.
struct PlainChoice: Equatable {
  let number: Int
  let text: String

  /// The number that runs a runnable block of the step: 1, and from 6 on for any further ones.
  static func number(ofRun index: Int) -> Int { index == 0 ? 1 : index + 5 }

  /// The command of a number; nil where it is no choice in any step.
  static func command(_ number: Int, in model: Model) -> Command? {
    switch number {
    case 1: .run(RunWords(index: 0))
    case 2: .parameters()
    case 3: .nextStep
    case 4: .lessons
    case 5: .quit
    default:
      number > 5 && model.request(run: number - 5) != nil
        ? .run(RunWords(index: number - 5)) : nil
    }
  }

  static func all(_ model: Model) -> [PlainChoice] {
    var choices: [PlainChoice] = []
    let runs = (0..<(model.step?.runs.count ?? 0)).filter { model.request(run: $0) != nil }
    func run(_ index: Int) -> PlainChoice? {
      guard let request = model.request(run: index) else { return nil }
      // The step says what each of them is, where the author put it.
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

  /// All of them in one sentence.
  static func sentence(_ model: Model) -> String {
    "Choices: " + all(model).map { "\($0.number) \($0.text)" }.joined(separator: "; ")
      + "; or help."
  }
}

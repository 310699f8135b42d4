internal import Catalog
internal import LessonKit

/// The numbered choices of a step. A number means the same everywhere, so that it can be typed
/// without hearing the list again; what is not to be had here is left out.
struct PlainChoice: Equatable {
  let number: Int
  let command: PlainCommand
  let text: String

  /// The number that runs a runnable block of the step: 1, and from 6 on for any further ones.
  static func number(ofRun index: Int) -> Int { index == 0 ? 1 : index + 5 }

  static func all(_ model: Model) -> [PlainChoice] {
    var choices: [PlainChoice] = []
    let all = (model.step?.runs.indices).map(Array.init) ?? []
    let runs = all.filter { model.request(run: $0) != nil }
    func run(_ index: Int) -> PlainChoice? {
      guard let request = model.request(run: index) else { return nil }
      // What each of them is stands in the step, where the author put it.
      return PlainChoice(
        number: number(ofRun: index), command: .run(PlainRunWords(index: index)),
        text: "run \(runs.count > 1 ? PlainRunWords.ordinal(index) : request.demo.id)")
    }
    if runs.first == 0, let first = run(0) { choices.append(first) }
    if !runs.isEmpty {
      choices.append(
        PlainChoice(number: 2, command: .parameters(PlainRunWords()), text: "parameters"))
    }
    if let next = model.nextPlace {
      let isSame = next.lesson == model.place.lesson
      choices.append(
        PlainChoice(number: 3, command: .next, text: isSame ? "next step" : "next lesson"))
    }
    choices.append(PlainChoice(number: 4, command: .lessons, text: "lessons"))
    choices.append(PlainChoice(number: 5, command: .quit, text: "quit"))
    return choices + runs.filter { $0 > 0 }.compactMap(run)
  }

  /// All of them in one sentence.
  static func sentence(_ model: Model) -> String {
    "Choices: " + all(model).map { "\($0.number) \($0.text)" }.joined(separator: "; ")
      + "; or help."
  }
}

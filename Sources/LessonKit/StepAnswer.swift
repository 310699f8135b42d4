/// A part of a step that answers the step's question, such as a paragraph that begins with "What
/// you saw". It makes sense after the run before it.
public struct StepAnswer: Sendable, Equatable {
  /// The words in bold at its beginning, without the colon.
  public let title: String
  /// The index of its first block in the step.
  public let block: Int
  /// The index of the run before it among the step's runs.
  public let run: Int

  /// The words in bold that begin an answer.
  static let titles = ["What you saw", "What changed"]
}

extension Step {
  /// The answers in order. Each goes on to the next one, or to the end of the step.
  public var answers: [StepAnswer] {
    var runs = 0
    return blocks.enumerated().compactMap { index, block in
      if case .run = block { runs += 1 }
      guard runs > 0, case .paragraph(let inlines) = block, case .strong(let lead)? = inlines.first
      else { return nil }
      let words = lead.plainText
      let title = words.last == ":" ? String(words.dropLast()) : words
      guard StepAnswer.titles.contains(title) else { return nil }
      return StepAnswer(title: title, block: index, run: runs - 1)
    }
  }
}

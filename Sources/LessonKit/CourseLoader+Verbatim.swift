extension CourseLoader {
  /// A lesson that shows a document verbatim, for texts that cannot be parsed or are too large.
  ///
  /// - Parameter notice: A message at the top.
  public func verbatim(name: String, text: String, notice: String) -> Lesson {
    let file = FileName(name)
    let code = Block.code(CodeBlock(language: nil, text: text, line: 1))
    let blocks = text.isEmpty ? [.notice(notice)] : [.notice(notice), code]
    let step = Step(
      number: 1, title: file.title, name: file.title, blocks: blocks, line: 1)
    return Lesson(
      number: file.number, id: file.id, title: file.title, introduction: [], steps: [step],
      diagnostics: [], file: name, links: [])
  }
}

extension Lesson {
  /// The lesson with another id, for a course in which two lessons would have the same id.
  public func named(_ id: String) -> Lesson {
    Lesson(
      number: number, id: id, title: title, introduction: introduction, steps: steps,
      diagnostics: diagnostics, file: file, links: links)
  }

  /// The lesson with a message at the top.
  public func with(notice: String) -> Lesson {
    Lesson(
      number: number, id: id, title: title, introduction: [.notice(notice)] + introduction,
      steps: steps, diagnostics: diagnostics, file: file, links: links)
  }
}

extension CourseLoader {
  /// A document as it stands, in steps of a size that a screen can be made from: for texts that
  /// cannot be parsed, or would cost too much.
  ///
  /// - Parameter notice: what the reader is told first.
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
  /// The same lesson under another id and file, for a course in which two would be called alike.
  public func named(_ id: String) -> Lesson {
    Lesson(
      number: number, id: id, title: title, introduction: introduction, steps: steps,
      diagnostics: diagnostics, file: file, links: links)
  }

  /// The same lesson with something that the reader is told first.
  public func with(notice: String) -> Lesson {
    Lesson(
      number: number, id: id, title: title, introduction: [.notice(notice)] + introduction,
      steps: steps, diagnostics: diagnostics, file: file, links: links)
  }
}

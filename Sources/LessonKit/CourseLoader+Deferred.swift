extension CourseLoader {
  /// Reads the same course as `course(of:)`, but parses each step on first use. It reads titles
  /// immediately, and also documents that only the parser can divide.
  /// - Throws: `DocumentError` for the first document that is too large.
  public func deferredCourse(
    of documents: [(name: String, text: String)]
  ) throws(DocumentError) -> Course {
    var lessons: [Lesson] = []
    for document in documents {
      lessons.append(try deferredLesson(name: document.name, text: document.text))
    }
    return Course(lessons: lessons)
  }

  private func deferredLesson(name: String, text: String) throws(DocumentError) -> Lesson {
    try checkSize(name: name, text: text)
    guard let parts = LessonParts(text) else { return try lesson(name: name, text: text) }
    var title: String?
    if let heading = parts.title { title = try self.title(of: heading) }
    var pieces: [DocumentPiece] = []
    for step in parts.steps {
      pieces.append(.step(title: try self.title(of: step.heading), line: step.line))
    }
    let outline = LessonDivider(name: FileName(name), title: title).lesson(pieces)
    return Lesson(
      outline: outline,
      introduction: Deferred { blocks(of: parts.front, in: name) },
      steps: parts.steps.map { step in Deferred { StepContent(blocks(of: step, in: name)) } },
      lesson: Deferred { fullLesson(name: name, text: text) })
  }

  /// The text of a heading. Only headings with possible markup need the parser.
  private func title(of heading: ArraySlice<UInt8>) throws(DocumentError) -> String {
    var words = heading.drop { $0 == UInt8(ascii: "#") }.drop { $0 == UInt8(ascii: " ") }
    while words.last == UInt8(ascii: " ") { words.removeLast() }
    let text = String(decoding: words, as: UTF8.self)
    return words.allSatisfy(Self.isPlain) ? text : try lesson(name: "", text: "# " + text).title
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "), UInt8(ascii: ","),
      UInt8(ascii: "?"):
      true
    default: false
    }
  }

  private func blocks(of part: LessonParts.Part, in name: String) -> [Block] {
    let text = String(decoding: part.body, as: UTF8.self)
    do throws(DocumentError) {
      let document = try MarkdownDocument(
        name: name, text: text, firstLine: part.firstLine, loader: self)
      return document.blocks.map(\.block)
    } catch {
      return verbatim(name: name, text: text, notice: "\(error)").steps.flatMap(\.blocks)
    }
  }

  private func fullLesson(name: String, text: String) -> Lesson {
    do throws(DocumentError) {
      return try lesson(name: name, text: text)
    } catch {
      return verbatim(name: name, text: text, notice: "\(error)")
    }
  }
}

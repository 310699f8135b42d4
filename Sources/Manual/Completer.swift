public import Catalog
public import LessonKit

/// Completes words of the command line for a shell.
public struct Completer {
  /// The first word of a request from a shell's script.
  public static let word = "---complete"

  typealias Candidate = (word: String, doc: String)

  let root: CommandDeclaration
  let catalog: DemoCatalog
  let course: Course
  /// Returns the names of documents with saved progress.
  let documents: @Sendable () -> [String]

  public init(
    root: CommandDeclaration, catalog: DemoCatalog, course: Course,
    documents: @escaping @Sendable () -> [String]
  ) {
    self.root = root
    self.catalog = catalog
    self.course = course
    self.documents = documents
  }

  /// The answer for the words after the program's name. The last word is to be completed.
  public func answer(_ words: [String]) -> String {
    let (candidates, wantsFiles) = candidates(for: words)
    let lines = [wantsFiles ? "files" : "words"] + candidates.map { "\($0.word)\t\($0.doc)" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The completions of the last word, and whether it may be a file's name.
  func candidates(for words: [String]) -> ([Candidate], wantsFiles: Bool) {
    let (joined, given) = Self.joined(words)
    let current = joined.last ?? ""
    let (found, wantsFiles) = all(before: joined.dropLast(), current)
    let fitting = found.filter { $0.word.hasPrefix(current) }
      .map { ($0.word.dropFirst(given.count).description, $0.doc) }
    return (fitting, wantsFiles)
  }

  /// The words as typed. Bash splits `name=value` into three words and wants only the part after
  /// the `=`.
  private static func joined(_ words: [String]) -> (words: [String], given: String) {
    var result: [String] = []
    var given = ""
    for word in words {
      if word == "=", let name = result.popLast() {
        given = name + "="
        result.append(given)
      } else if !given.isEmpty, result.last == given {
        result[result.count - 1] += word
      } else {
        given = ""
        result.append(word)
      }
    }
    return (result, given)
  }

  private func all(
    before: ArraySlice<String>, _ current: String
  ) -> ([Candidate], wantsFiles: Bool) {
    guard let first = before.first else { return (firstWords(current), false) }
    let names = root.commands.map { ($0.commandName, $0.abstract ?? "") }
    if first == "help" { return (before.count == 1 ? names : [], false) }
    if let command = root.commands.first(where: { $0.commandName == first }) {
      return words(of: command, before.dropFirst(), current)
    }
    return root.defaultCommand.map { words(of: $0, before, current) } ?? ([], false)
  }

  private func firstWords(_ current: String) -> [Candidate] {
    let commands = root.commands.map { ($0.commandName, $0.abstract ?? "") }
    let own = root.defaultCommand.map { words(of: $0, [], current).0 } ?? []
    return current.hasPrefix("-") ? own : own + commands + [("help", "Show help for a command.")]
  }

  /// The words that a command takes after the given ones.
  private func words(
    of command: CommandDeclaration, _ before: ArraySlice<String>, _ current: String
  ) -> ([Candidate], wantsFiles: Bool) {
    var places: [String] = []
    var awaiting: CommandDeclaration.Argument?
    var isEnded = false
    for word in before {
      if awaiting != nil {
        awaiting = nil
      } else if isEnded || !word.hasPrefix("-") || word == "-" {
        places.append(word)
      } else if word == "--" {
        isEnded = true
      } else {
        awaiting = command.options.first { $0.takesValue && $0.isCalled(word) }
      }
    }
    if let awaiting { return (values(of: awaiting), awaiting.wantsFile) }
    if !isEnded, current.hasPrefix("-") { return optionWords(of: command, before, current) }
    let positionals = command.positionals
    guard let last = positionals.last else { return ([], false) }
    guard places.count < positionals.count || last.isRepeating else { return ([], false) }
    let argument = positionals[min(places.count, positionals.count - 1)]
    return (
      positional(argument, of: command, places, current),
      argument.wantsFile || Self.fileLabels.contains(argument.label)
    )
  }

  private static let fileLabels: Set = ["FILE", "PATH", "PATHS", "DOCUMENT"]

  private func optionWords(
    of command: CommandDeclaration, _ before: ArraySlice<String>, _ current: String
  ) -> ([Candidate], wantsFiles: Bool) {
    if let equals = current.firstIndex(of: "=") {
      let name = String(current[..<equals])
      let option = command.options.first { $0.takesValue && $0.isCalled(name) }
      return (option.map(values)?.map { ("\(name)=\($0.word)", $0.doc) } ?? [], false)
    }
    let unused = command.options.filter { option in
      option.isRepeating || !before.contains { option.isCalled($0) }
    }
    let own = unused.flatMap { option in
      (option.names ?? []).map { ($0.text, option.abstract ?? "") }
    }
    return (own + [("--help", "Show help.")], false)
  }

  private func values(of option: CommandDeclaration.Argument) -> [Candidate] {
    (option.values ?? []).map { ($0, "") }
  }

  private func positional(
    _ argument: CommandDeclaration.Argument, of command: CommandDeclaration, _ places: [String],
    _ current: String
  ) -> [Candidate] {
    if argument.values != nil { return values(of: argument) }
    switch argument.label {
    case "LESSON[/STEP]": return lessons(current)
    case "DOCUMENT": return documents().map { ($0, "") }
    case "DEMO": return catalog.demos.map { ($0.id, $0.summary) }
    case "name=value": return parameters(of: places.first ?? "", given: places, current)
    default: return []
    }
  }

  /// The lessons by number and name, or after a slash the steps of a lesson.
  private func lessons(_ current: String) -> [Candidate] {
    guard let slash = current.firstIndex(of: "/") else {
      let numbers = course.lessons.enumerated().compactMap { index, lesson in
        course.number(ofLesson: index).map { ("\($0)", lesson.title) }
      }
      return numbers + course.lessons.map { ($0.id, $0.title) }
    }
    let name = String(current[..<slash])
    guard let index = course.index(ofLesson: name) else { return [] }
    return course.lessons[index].steps.map { ("\(name)/\($0.number)", $0.title) }
  }

  /// A demo's parameters without a value, or after `=` the values of a parameter.
  private func parameters(of id: String, given: [String], _ current: String) -> [Candidate] {
    guard let demo = try? catalog.demo(id) else { return [] }
    guard let equals = current.firstIndex(of: "=") else {
      let unused = demo.parameters.filter { parameter in
        !given.contains { $0.hasPrefix(parameter.name + "=") }
      }
      return unused.map { ("\($0.name)=", "\($0.summary) (\($0.kind.rangeText))") }
    }
    guard let parameter = demo.parameters.first(where: { $0.name == current[..<equals] }) else {
      return []
    }
    guard case .choice(let words) = parameter.kind else {
      return [("\(parameter.name)=\(parameter.defaultValue)", "the default")]
    }
    return words.map { ("\(parameter.name)=\($0)", "") }
  }
}

extension CommandDeclaration.Argument {
  fileprivate func isCalled(_ word: String) -> Bool {
    names?.contains { $0.text == word || word.hasPrefix($0.text + "=") } ?? false
  }
}

internal import Catalog

extension LessonLint {
  /// Finds lessons with the same number in their file names. In different folders that is only a
  /// warning, because they may be two courses.
  /// - Parameter lessons: The lessons in any order.
  public static func numbers(of lessons: [Lesson]) -> [Diagnostic] {
    var holders: [Int: [Lesson]] = [:]
    let perFile = Dictionary(grouping: lessons, by: \.file)
    return lessons.sorted { $0.file < $1.file }.compactMap { lesson in
      // A document with several lessons numbers them by itself.
      guard let number = lesson.number, perFile[lesson.file]?.count == 1 else { return nil }
      let others = holders[number, default: []]
      let sibling = others.first { $0.folder == lesson.folder }
      if sibling == nil { holders[number, default: []].append(lesson) }
      guard let holder = sibling ?? others.first else { return nil }
      return Diagnostic(
        file: lesson.file, line: 1, severity: sibling == nil ? .warning : .error,
        message: "\(holder.file) is lesson \(number) too; give this one another number")
    }
  }

  /// The paths of the listings that the lesson's code names, and those of the demos it runs.
  public static func listings(shownBy lesson: Lesson) -> Set<String> {
    let run = lesson.steps.flatMap(\.runs).filter { !$0.isOffered }.compactMap(\.request)
    let names =
      lesson.blocks.flatMap(\.codeBlocks).compactMap(\.shownListing) + run.map(\.demo.listing)
    return Set(names.map { relativePath(in: $0, from: lesson.file) ?? $0 })
  }

  /// Finds listings that no lesson shows.
  /// - Parameters:
  ///   - listings: The paths of the Python files in the folder.
  ///   - lessons: The lessons in the same folder.
  public static func unshown(_ listings: [String], by lessons: [Lesson]) -> [Diagnostic] {
    let shown = lessons.reduce(into: Set<String>()) { $0.formUnion(self.listings(shownBy: $1)) }
    // If no lesson names a listing, the Python files in the folder are something else.
    guard !shown.isEmpty else { return [] }
    return listings.sorted().filter { !shown.contains($0) }.map { path in
      Diagnostic(file: path, line: 1, message: "no lesson shows this listing")
    }
  }
}

extension Lesson {
  /// The folder in the name of the document.
  fileprivate var folder: Substring {
    file.lastIndex(of: "/").map { file[..<$0] } ?? ""
  }
}

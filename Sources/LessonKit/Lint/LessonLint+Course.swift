internal import Catalog

extension LessonLint {
  /// What only shows when all lessons of a course are seen together: numbers that are given twice.
  /// Two folders may well be two courses that were named at once; then it is no more than a warning.
  /// - Parameter lessons: of one course, in any order.
  public static func numbers(of lessons: [Lesson]) -> [Diagnostic] {
    var holders: [Int: [Lesson]] = [:]
    return lessons.sorted { $0.file < $1.file }.compactMap { lesson in
      guard let number = lesson.number else { return nil }
      let others = holders[number, default: []]
      let beside = others.first { $0.folder == lesson.folder }
      if beside == nil { holders[number, default: []].append(lesson) }
      guard let holder = beside ?? others.first else { return nil }
      return Diagnostic(
        file: lesson.file, line: 1, severity: beside == nil ? .warning : .error,
        message: "lesson \(number) is \(holder.file) already; give this one another number")
    }
  }

  /// The paths of the listings that the lesson's code names, and of those that stand beside what it
  /// runs.
  public static func listings(shownBy lesson: Lesson) -> Set<String> {
    let run = lesson.steps.flatMap(\.runs).filter { !$0.isOffered }.compactMap(\.request)
    let names =
      lesson.blocks.flatMap(\.codeBlocks).compactMap(\.shownListing) + run.map(\.demo.listing)
    return Set(names.map { relativePath(in: $0, from: lesson.file) ?? $0 })
  }

  /// Listings that no lesson shows a line of.
  /// - Parameters:
  ///   - listings: the paths of the Python files beside the lessons.
  ///   - lessons: of the same folder.
  public static func unshown(_ listings: [String], by lessons: [Lesson]) -> [Diagnostic] {
    let shown = lessons.reduce(into: Set<String>()) { $0.formUnion(self.listings(shownBy: $1)) }
    // A folder in which no lesson names a listing is no course's: its Python is something else.
    guard !shown.isEmpty else { return [] }
    return listings.sorted().filter { !shown.contains($0) }.map { path in
      Diagnostic(file: path, line: 1, message: "no lesson shows this listing")
    }
  }
}

extension Lesson {
  /// The part of the document's name that is its folder's.
  fileprivate var folder: Substring {
    file.lastIndex(of: "/").map { file[..<$0] } ?? ""
  }
}

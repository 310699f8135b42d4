public import Catalog
public import LessonKit
import Lessons
import Shell

/// The lessons that come with the program.
public enum BuiltInCourse {
  /// Loads the built-in course. A step is parsed when it is first shown, so the first screen does
  /// not wait for the other steps.
  public static func load(_ catalog: DemoCatalog) throws -> Course {
    do {
      return try CourseLoader(catalog: catalog).deferredCourse(of: BuiltInLessons.documents)
    } catch {
      throw Failure("the built-in lessons cannot be read: \(error)")
    }
  }

  /// The listings of the demos, by file name.
  public static func listings(of catalog: DemoCatalog) -> [String: Listing] {
    var listings: [String: Listing] = [:]
    for name in Set(catalog.demos.map(\.listing)) {
      guard let text = BuiltInLessons.listing(named: name) else { continue }
      listings[name] = Listing(name: name, text: text)
    }
    return listings
  }
}

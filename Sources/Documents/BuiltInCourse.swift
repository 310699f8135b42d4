import Shell
public import Catalog
public import LessonKit
import Lessons

/// The lessons that come with the program.
public enum BuiltInCourse {
  /// The course as it was built in; every lesson in it is one that tests have read. A step is
  /// parsed when somebody looks at it: the first screen does not wait for the others.
  public static func load(_ catalog: DemoCatalog) throws -> Course {
    do {
      return try CourseLoader(catalog: catalog).deferredCourse(of: BuiltInLessons.documents)
    } catch {
      throw Failure("the built-in lessons cannot be read: \(error)")
    }
  }

  /// The demos' listings by file name.
  public static func listings(of catalog: DemoCatalog) -> [String: Listing] {
    var listings: [String: Listing] = [:]
    for name in Set(catalog.demos.map(\.listing)) {
      guard let text = BuiltInLessons.listing(named: name) else { continue }
      listings[name] = Listing(name: name, text: text)
    }
    return listings
  }
}

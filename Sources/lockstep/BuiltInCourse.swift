import Catalog
import LessonKit
import Lessons

/// The lessons that come with the program.
enum BuiltInCourse {
  static func load(_ catalog: DemoCatalog) -> Course {
    CourseLoader.course(of: BuiltInLessons.documents, catalog: catalog)
  }

  /// The demos' listings by file name.
  static func listings(of catalog: DemoCatalog) -> [String: Listing] {
    var listings: [String: Listing] = [:]
    for name in Set(catalog.demos.map(\.listing)) {
      guard let text = BuiltInLessons.listing(named: name) else { continue }
      listings[name] = Listing(name: name, text: text)
    }
    return listings
  }
}

import Catalog
import LessonKit
import Testing

@Suite("The lessons of a course")
struct CourseTests {
  private func course(_ names: String...) throws -> Course {
    let loader = CourseLoader(catalog: DemoCatalog(cores: 2))
    return Course(
      lessons: try names.flatMap { try loader.lessons(name: $0, text: "# A page\n\nWords.\n") })
  }

  @Test("are found by number and by id")
  func names() throws {
    let course = try course("04-locks.md", "07-pools.md")
    for (name, index) in [("4", 0), ("locks", 0), ("7", 1), ("pools", 1)] {
      #expect(course.index(ofLesson: name) == index, "\(name)")
    }
    for name in ["", "0", "1", "2", "Locks", "\(Int.min)", "\(Int.max)", "-4"] {
      #expect(course.index(ofLesson: name) == nil, "\(name)")
    }
    #expect(course.lessons.indices.map(course.number(ofLesson:)) == [4, 7])
  }

  @Test("are found by position if none has a number")
  func places() throws {
    let course = try course("locks.md", "pools.md")
    for (name, index) in [("1", 0), ("2", 1), ("pools", 1)] {
      #expect(course.index(ofLesson: name) == index, "\(name)")
    }
    for name in ["0", "3", "-1", "\(Int.min)", "\(Int.max)"] {
      #expect(course.index(ofLesson: name) == nil, "\(name)")
    }
    #expect(course.lessons.indices.map(course.number(ofLesson:)) == [1, 2])
  }

  @Test("are found only by id if others have numbers")
  func mixed() throws {
    let course = try course("05-locks.md", "notes.md")
    #expect(course.index(ofLesson: "2") == nil && course.index(ofLesson: "notes") == 1)
    #expect(course.lessons.indices.map(course.number(ofLesson:)) == [5, nil])
  }

  @Test("are found by number before an id that looks like a number")
  func numberFirst() throws {
    let course = try course("2024.md", "01-2.md", "02-locks.md")
    #expect(course.index(ofLesson: "2") == 1 && course.index(ofLesson: "2024") == 2)
  }
}

import Catalog
import LessonKit
import Testing

@Suite("Links within a course")
struct LinkIndexTests {
  private let index: LinkIndex
  private let course: Course

  init() throws {
    course = try CourseLoader(catalog: DemoCatalog(cores: 2)).course(of: [
      (
        "01-first.md",
        """
        # First

        See [there](02-second.md#the-other), [below](#below), and [home](https://example.org/).

        ## Above

        [up](#first) and | a [table](02-second.md) |

        ## Below

        ### Deep down
        """
      ),
      (
        "02-second.md", "# Second\n\n## The same\n\nText.\n\n## The same\n\nText.\n\n## The other\n"
      ),
    ])
    index = LinkIndex(course)
  }

  @Test(
    "lead to a document, or to the step that contains the heading",
    arguments: [
      ("02-second.md", [1, 0]), ("./02-second.md", [1, 0]), ("02-second.md#the-other", [1, 2]),
      ("02-second.md#the-same-1", [1, 1]), ("#below", [0, 1]), ("#deep-down", [0, 1]),
      ("#top", [0, 0]), ("02-second.md#", [1, 0]),
    ])
  func places(_ destination: String, _ place: [Int]) {
    let found = index.place(of: destination, in: 0)
    #expect(found.map { [$0.lesson, $0.step] } == place)
  }

  @Test(
    "lead nowhere outside the course",
    arguments: ["https://example.org/", "03-third.md", "#nowhere", "/02-second.md", "mailto:a@b.c"])
  func outside(_ destination: String) {
    #expect(index.place(of: destination, in: 0) == nil)
  }

  @Test("are collected from all blocks of a step")
  func stepLinks() {
    #expect(course.lessons[0].steps[0].links.map(\.destination) == ["#first", "02-second.md"])
    #expect(course.lessons[0].steps[0].links.map(\.text) == ["up", "table"])
  }
}

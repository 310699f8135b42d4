import ArgumentParser
import CPlatform
import Catalog
import Documents
import LessonKit
import Manual

/// `lockstep [LESSON[/STEP]]`: the tutor with the built-in lessons.
struct TutorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandDeclaration.tutorName,
    abstract: "Open the tutor where you left it, or at a lesson.",
    shouldDisplay: false)

  @Argument(
    help: ArgumentHelp(
      "A lesson by number or name, and a step: 4, 4/2, factorial/1.",
      valueName: "LESSON[/STEP]"))
  var place: String?

  @OptionGroup var options: TutorOptions

  func run() throws {
    try Self.open(place, options.choices)
  }

  /// Opens the tutor and returns when the learner leaves it.
  /// - Throws: `Failure` for a place that does not exist or a terminal that cannot be used.
  static func open(_ place: String?, _ choices: TutorChoices = TutorChoices()) throws {
    let catalog = DemoCatalog(cores: Int(lks_available_cores()))
    let course = try BuiltInCourse.load(catalog)
    if let mistake = place.flatMap({ MistakenWord($0, in: course) }) { throw mistake.failure }
    let start = TutorStart(
      course: course, catalog: catalog, place: try place.map { try Place(text: $0, in: course) })
    try start.run(choices)
  }
}

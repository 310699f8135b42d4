public import Catalog
package import Events
public import LessonKit
internal import LessonViews
public import RunViews
public import Screen

/// Everything the app knows: where the learner is, what runs, what the screen shows.
///
/// Changed only by `update`, drawn only by `render`.
public struct Model: Sendable {
  /// The lessons that the learner goes through; others once a document was saved.
  public internal(set) var course: Course {
    didSet { index = CourseIndex(course, progress) }
  }
  @Boxed package private(set) var index: CourseIndex
  /// The listings by their file names.
  public let listings: [String: Listing]
  /// The demos that can be run, for the words of the lessons and the forms.
  public let catalog: DemoCatalog
  /// The symbols that the terminal can show, from which every picture is made.
  public internal(set) var glyphs: Glyphs
  /// How large the screen is now; frames are drawn to fit it.
  public internal(set) var size: Size
  /// The monotonic clock at the last tick, in nanoseconds.
  package var now: UInt64 = 0

  package var place: StepPlace
  /// The steps in which links were followed, the last one last.
  package var trail: [StepPlace] = []
  /// What the learner has done in this document, now and at other times.
  public private(set) var progress: DocumentProgress
  /// What was done since the last message and is not kept yet.
  private var changes: [ProgressChange] = []
  /// What the learner set for good.
  public internal(set) var settings: Settings
  /// Where the learner moved the borders to.
  public internal(set) var splits: Splits
  /// Whether the screen shows the first keys: at the first start, until one of them was used.
  var showsWelcome: Bool
  /// Which of the step's runnable blocks `r` runs.
  var selectedRun = 0
  /// Runs whose parameters the learner changed.
  package var changedRuns: [RunPlace: RunRequest] = [:]
  /// Values that were given and do not go together yet, by run and name.
  var drafts: [RunPlace: [String: ParameterValue]] = [:]
  /// The step as lines for the width it has on the screen.
  @Boxed var lessonText = LessonText()

  var focus = PaneID.lesson
  var isZoomed = false
  /// What the learner chose for the two places that several panes share; nil until then.
  var chosenUpper: PaneID?
  /// Which of the panes that share the state's place the learner chose.
  var chosenMiddle: PaneID?
  /// Where the lesson was when the run of this step began; nil once the text has moved on.
  var readingPlace: ReadingPlace?
  var chosenLower: PaneID?
  var scroll = ScrollPositions()
  package var layer: Layer?
  package var notice: Notice?
  /// The current search, or nil.
  @Boxed package var search: Search? = nil
  /// The border that the mouse holds.
  var dragged: DraggedBorder?

  package var session: RunSession?
  /// How fast runs with delays go, from the next on where none is live.
  package var speed = RunSpeed.normal
  /// How fast films go: runs that have happened, shown again.
  package var filmSpeed: PlaybackSpeed
  /// A run that was asked for and has not begun.
  package var awaited: RunRequest?
  /// A run that begins when the live one has stopped.
  package var queued: RunRequest?
  /// The recording that is being compared with the run on the screen.
  var awaitedComparison: String?
  /// A recording that is opened when the live run has stopped.
  package var queuedRecording: String?
  /// Whether a recording plays as soon as it is opened.
  package var playsRecordings = true
  /// The kept run that was taken off the list last.
  package var removed: RecentRun?
  /// The words that were last looked for in the sentences of events.
  var soughtWords = ""

  /// - Parameters:
  ///   - listings: by file name, such as `producer_consumer.py`.
  ///   - start: the index of a lesson, from 0, and of a step; where it is nil or there is no such
  ///     lesson, where the learner was last, or else the first.
  ///   - progress: what was kept of the course.
  ///   - isFirstStart: whether this is the first start: nothing was ever kept.
  public init(
    course: Course, listings: [String: Listing], catalog: DemoCatalog, size: Size,
    glyphs: Glyphs = .unicode, start: (lesson: Int, step: Int)? = nil,
    progress: DocumentProgress = DocumentProgress(), settings: Settings = Settings(),
    splits: Splits = Splits(), isFirstStart: Bool = false, filmSpeed: PlaybackSpeed = .own
  ) {
    self.course = course
    index = CourseIndex(course, progress)
    self.listings = listings
    self.catalog = catalog
    self.size = size
    self.glyphs = glyphs
    self.progress = progress
    self.settings = settings
    self.splits = splits
    showsWelcome = isFirstStart
    self.filmSpeed = filmSpeed
    place = StepPlace(lesson: 0, step: 0)
    let wanted = start ?? progress.place.flatMap { course.place(of: $0) }
    if let wanted, course.lessons.indices.contains(wanted.lesson) {
      let steps = course.lessons[wanted.lesson].steps.count
      place = StepPlace(lesson: wanted.lesson, step: min(max(0, wanted.step), max(0, steps - 1)))
    }
    noteSeen()
    settle()
  }

  /// Notes what the learner did, for this session and for the file of progress.
  package mutating func note(_ change: ProgressChange) {
    progress.apply(change)
    changes.append(change)
  }

  /// Notes that the step that is open was seen.
  mutating func noteSeen() {
    guard let lesson, lesson.steps.indices.contains(place.step) else { return }
    let key = lesson.key(ofStep: place.step)
    let seen = progress.seen.count
    note(.seen(key))
    if progress.seen.count > seen { index.noteSeen(lesson: place.lesson) }
    note(.place(key))
  }

  /// Hands over what is to be kept.
  package mutating func takeChanges() -> [ProgressChange] {
    defer { changes = [] }
    return changes
  }
}

/// A runnable block of the course.
package struct RunPlace: Sendable, Hashable {
  package var step: StepPlace
  package var run: Int
}

/// A border that is held by one of its cells, which stays under the mouse.
struct DraggedBorder: Sendable {
  var border: ScreenLayout.Border
  /// From the cell to the border's own place.
  var columns: Int
  var rows: Int

  init(_ border: ScreenLayout.Border, at point: Point) {
    self.border = border
    columns = border.point.x - point.x
    rows = border.point.y - point.y
  }
}

/// What covers the panes and takes the keys.
package indirect enum Layer: Sendable {
  case lessons(LessonList)
  case parameters(ParameterForm)
  case help(offset: Int)
  /// What the run's events prove.
  case finding
  case palette(Picker)
  case contents(Picker)
  case settings(SettingsForm)
  case recordings(Picker, RecentRunPurpose)
  case save(SaveForm)
  /// Two runs beside each other.
  case comparison(ComparisonView)
}

/// How far each pane is scrolled.
struct ScrollPositions: Sendable, Equatable {
  private var offsets: [PaneID: Int] = [:]
  /// Panes that were scrolled, and so no longer follow what happens now.
  private var loose: Set<PaneID> = []

  subscript(pane: PaneID) -> Int {
    get { offsets[pane] ?? 0 }
    set { offsets[pane] = newValue }
  }

  func follows(_ pane: PaneID) -> Bool { !loose.contains(pane) }

  mutating func setFollows(_ pane: PaneID, _ follows: Bool) {
    if follows { loose.remove(pane) } else { loose.insert(pane) }
  }
}

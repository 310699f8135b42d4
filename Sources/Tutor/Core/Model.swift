public import Catalog
package import Events
public import LessonKit
internal import LessonViews
public import RunViews
public import Screen

/// The state of the tutor: the place in the course, the run, and the screen.
///
/// Only `update` changes it, and only `render` draws it.
public struct Model: Sendable {
  /// The lessons. A reload replaces them.
  public internal(set) var course: Course {
    didSet { index = CourseIndex(course, progress) }
  }
  @Boxed package private(set) var index: CourseIndex
  /// The listings by file name.
  public let listings: [String: Listing]
  /// The demos, for the words of lessons and for forms.
  public let catalog: DemoCatalog
  /// The symbols that the terminal can show.
  public internal(set) var glyphs: Glyphs
  /// The size of the screen.
  public internal(set) var size: Size
  /// The monotonic clock at the last tick, in nanoseconds.
  package var now: UInt64 = 0

  package var place: StepPlace
  /// The learner's last step, while the part of the documents with it is not read yet.
  var awaitedStep: StepKey?
  /// The steps in which links were followed, the latest last.
  package var trail: [StepPlace] = []
  /// The learner's progress in this document, from this session and earlier ones.
  public private(set) var progress: DocumentProgress
  /// The progress since the last message, which is not saved yet.
  private var changes: [ProgressChange] = []
  /// The learner's settings.
  public internal(set) var settings: Settings
  /// The positions of moved borders.
  public internal(set) var splits: Splits
  /// Whether the screen explains the first keys: at the first start, until the learner uses one.
  var showsWelcome: Bool
  /// The index of the run block that `r` runs.
  var selectedRun = 0
  /// How many answers of a step are open, for steps where that has changed.
  package var answers: [StepPlace: Int] = [:]
  /// The steps that were run before this session.
  let ranBefore: Set<StepKey>
  /// The run block of the current run, or nil after its answers are open.
  var answeredRun: RunPlace?
  /// Runs whose parameters the learner changed.
  package var changedRuns: [RunPlace: RunRequest] = [:]
  /// Values that are not valid together yet, by run and name.
  var drafts: [RunPlace: [String: ParameterValue]] = [:]
  /// The step as lines of the pane's width.
  @Boxed var lessonText = LessonText()

  var focus = PaneID.lesson
  var isZoomed = false
  /// The pane that the learner chose for the shared place above, or nil.
  var chosenUpper: PaneID?
  /// The runs of steps that have ended, since the start of the tutor.
  var endedRuns: Set<RunPlace> = []
  /// Whether the last run is to be compared with the one before it in the step.
  package var offersComparison = false
  /// Whether all measures of a run are shown, not only those that are asked about.
  var showsAllMeasures = false
  /// The pane that the learner chose for the place of the state, or nil.
  var chosenMiddle: PaneID?
  /// The position of the lesson's text when the run started; nil after it has moved.
  var readingPlace: ReadingPlace?
  var chosenLower: PaneID?
  var scroll = ScrollPositions()
  package internal(set) var layer: Layer?
  package internal(set) var notice: Notice?
  /// The current search, or nil.
  @Boxed package var search: Search? = nil
  /// The border that the mouse holds.
  var dragged: DraggedBorder?

  package var session: RunSession?
  /// The speed of runs with delays.
  package var speed = RunSpeed.normal
  /// The speed of playback.
  package var playbackSpeed: PlaybackSpeed
  /// A run that has not started yet.
  package var awaited: RunRequest?
  /// A run that starts when the live one has stopped.
  package var queued: RunRequest?
  /// The recording that is being compared with the run on the screen.
  var awaitedComparison: String?
  /// A recording to open when the live run has stopped.
  package var queuedRecording: String?
  /// Whether a recording plays as soon as it is opened.
  package var playsRecordings = true
  /// The run that was last removed from the list.
  package var removed: RecentRun?
  /// The words of the last search in events.
  var soughtWords = ""

  /// - Parameters:
  ///   - listings: by file name, such as `producer_consumer.py`.
  ///   - start: the indices of a lesson and a step, from 0. If it is nil or does not exist, the
  ///     tutor opens the learner's last step, or else the first one.
  ///   - progress: the learner's saved progress.
  ///   - isPartial: whether the course is only the beginning of the documents. A reload brings the
  ///     rest.
  ///   - isFirstStart: whether nothing was ever saved.
  public init(
    course: Course, listings: [String: Listing], catalog: DemoCatalog, size: Size,
    glyphs: Glyphs = .unicode, start: (lesson: Int, step: Int)? = nil,
    progress: DocumentProgress = DocumentProgress(), settings: Settings = Settings(),
    splits: Splits = Splits(), isPartial: Bool = false, isFirstStart: Bool = false,
    playbackSpeed: PlaybackSpeed = .own
  ) {
    self.course = course
    index = CourseIndex(course, progress)
    self.listings = listings
    self.catalog = catalog
    self.size = size
    self.glyphs = glyphs
    self.progress = progress
    ranBefore = progress.ran
    self.settings = settings
    self.splits = splits
    showsWelcome = isFirstStart
    self.playbackSpeed = playbackSpeed
    place = StepPlace(lesson: 0, step: 0)
    let wanted = start ?? progress.place.flatMap { course.place(of: $0) }
    if let wanted, course.lessons.indices.contains(wanted.lesson) {
      let steps = course.lessons[wanted.lesson].steps.count
      place = StepPlace(lesson: wanted.lesson, step: min(max(0, wanted.step), max(0, steps - 1)))
    }
    if isPartial, wanted == nil { awaitedStep = progress.place }
    selectedRun = firstRun
    noteSeen()
    settle()
  }

  /// Notes progress, for this session and for the file.
  package mutating func note(_ change: ProgressChange) {
    progress.apply(change)
    changes.append(change)
  }

  /// Notes a visit to the open step.
  mutating func noteSeen() {
    // The learner has not come here, and the place to return to must not be lost.
    guard awaitedStep == nil, let lesson, lesson.steps.indices.contains(place.step) else { return }
    let key = lesson.key(ofStep: place.step)
    let seen = progress.seen.count
    note(.seen(key))
    if progress.seen.count > seen { index.noteSeen(lesson: place.lesson) }
    note(.place(key))
  }

  /// Returns the progress to save, and forgets it.
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

/// A border that the mouse holds by one of its cells.
struct DraggedBorder: Sendable {
  var border: ScreenLayout.Border
  /// The distance from the cell to the border's position.
  var columns: Int
  var rows: Int

  init(_ border: ScreenLayout.Border, at point: Point) {
    self.border = border
    columns = border.point.x - point.x
    rows = border.point.y - point.y
  }
}

/// A box that covers the panes and receives the keys.
package indirect enum Layer: Sendable {
  case lessons(LessonList)
  case parameters(ParameterForm)
  case help(offset: Int)
  /// A problem that the run's events prove, by its index.
  case finding(Int)
  case palette(Picker)
  case contents(Picker)
  case settings(SettingsForm)
  case recordings(Picker, RecentRunPurpose)
  case save(SaveForm)
  /// Two runs, compared.
  case comparison(ComparisonView)
}

/// The scroll position of each pane.
struct ScrollPositions: Sendable, Equatable {
  private var offsets: [PaneID: Int] = [:]
  /// Panes that the learner has scrolled, so that they no longer follow the run.
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

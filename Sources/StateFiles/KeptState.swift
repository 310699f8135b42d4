public import LessonKit
public import Tutor

/// Everything that earlier sessions have left for this one.
public struct KeptState {
  /// What was done in the document that is opened.
  public var progress = DocumentProgress()
  public var settings = Settings()
  public var splits = Splits()
  /// Whether the program was never used here.
  public var isFirstStart = true
  /// What a person should know, in sentences; empty where all is well.
  public var notices: [String] = []
  /// Takes what this session leaves.
  public let keeper: StateKeeper

  /// All sentences as one text to be shown; nil where there are none.
  public var notice: String? {
    guard !notices.isEmpty else { return nil }
    // A file can be wrong in many ways; a screen has room for a few.
    let shown = notices.prefix(3).joined(separator: ". ")
    return notices.count > 3 ? "\(shown). And \(notices.count - 3) more like these" : shown
  }

  /// Reads what there is; whatever is wrong with it becomes a notice, and nothing else.
  /// - Parameters:
  ///   - document: the name under which progress is kept: `ProgressFile.builtIn` or a path.
  ///   - environment: the variable of a name, by default the process's own.
  public init(
    of document: String, environment: (String) -> String? = StateFolder.environment,
    system: FileSystem = .real
  ) {
    var places = StateKeeper.Places()
    do throws(StateError) {
      let folder = try StateFolder.state(environment)
      let layout = KeyedFile("layout.json", in: folder, system: system)
      places.layout = layout
      // A layout that makes no sense is no loss; with the next one it is set aside.
      if let fields = try? layout.read() { splits = Splits(fields: fields) }
      let store = ProgressStore(in: folder, system: system)
      isFirstStart = false
      let (file, notice) = try store.open()
      isFirstStart = file == nil
      progress = file?.documents[document]?.progress ?? DocumentProgress()
      if let notice { notices.append(notice) }
      places.progress = store
    } catch {
      notices.append("nothing that you do is kept: \(error)")
    }
    do throws(StateError) {
      let folder = try StateFolder.configuration(environment)
      let file = KeyedFile("settings.json", in: folder, system: system)
      places.settings = file
      settings = Settings(fields: try file.read(), notices: &notices)
    } catch .noFolder(let reason) {
      // Where progress has no place either, that was told already.
      if places.progress != nil { notices.append("your settings are not kept: \(reason)") }
    } catch {
      notices.append("your settings cannot be read: \(error)")
    }
    keeper = StateKeeper(document: document, in: places)
    keeper.begin(with: settings)
  }
}

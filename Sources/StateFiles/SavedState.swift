public import LessonKit
public import Screen

/// The state that earlier sessions saved.
public struct SavedState {
  /// The progress in the open document.
  public var progress = DocumentProgress()
  public var settings = Settings()
  public var splits = Splits()
  /// Whether this is the first start of the program.
  public var isFirstStart = true
  /// Messages for the user about problems.
  public var notices: [String] = []
  /// Saves the state of this session.
  public let writer: StateWriter

  /// The notices as one text, or nil.
  public var notice: String? {
    guard !notices.isEmpty else { return nil }
    // The screen has room for a few notices only.
    let shown = notices.prefix(3).joined(separator: ". ")
    return notices.count > 3 ? "\(shown). And \(notices.count - 3) more like these" : shown
  }

  /// Reads the saved state. Problems become notices.
  /// - Parameters:
  ///   - document: the document's name in the progress file: `ProgressFile.builtIn` or a path.
  ///   - environment: returns an environment variable.
  public init(
    of document: String, environment: (String) -> String? = StateFolder.environment,
    system: FileSystem = .real
  ) {
    var places = StateWriter.Places()
    do throws(StateError) {
      let folder = try StateFolder.state(environment)
      let layout = KeyedFile("layout.json", in: folder, system: system)
      do throws(StateError) {
        splits = Splits(fields: try layout.read())
        places.layout = layout
      } catch .newer(let path, let version) {
        notices.append(
          "your layout is not saved: \(StateError.newer(path, version: version))")
      } catch {
        // An invalid layout is no loss. Saving the next layout renames the file.
        places.layout = layout
      }
      let store = ProgressStore(in: folder, system: system)
      isFirstStart = false
      let (file, notice) = try store.open()
      isFirstStart = file == nil
      progress = file?.documents[document]?.progress ?? DocumentProgress()
      if let notice { notices.append(notice) }
      places.progress = store
    } catch {
      notices.append("your progress is not saved: \(error)")
    }
    do throws(StateError) {
      let folder = try StateFolder.configuration(environment)
      let file = KeyedFile("settings.json", in: folder, system: system)
      places.settings = file
      settings = Settings(fields: try file.read(), notices: &notices)
    } catch .newer(let path, let version) {
      places.settings = nil
      notices.append("your settings are not saved: \(StateError.newer(path, version: version))")
    } catch .noFolder(let reason) {
      // If progress cannot be saved either, a notice says so already.
      if places.progress != nil { notices.append("your settings are not saved: \(reason)") }
    } catch {
      notices.append("your settings cannot be read: \(error)")
    }
    writer = StateWriter(document: document, in: places)
    writer.begin(with: settings)
  }
}

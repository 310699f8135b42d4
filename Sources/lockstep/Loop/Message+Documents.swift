import Documents
import Tutor

extension Message {
  /// A change of the open documents as the model takes it.
  init(_ change: LiveDocuments.Change) {
    switch change {
    case .reloaded(let course, let notices): self = .reloaded(course, notices: notices)
    case .warning(let notice): self = .warning(notice)
    case .reading(let text): self = .notice(text)
    }
  }
}

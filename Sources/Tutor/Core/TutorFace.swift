/// Which of its two faces the tutor shows: the full screen, or plain lines of text.
public enum TutorFace: Sendable, Equatable {
  case screen
  /// - Parameter reason: why, where the person did not ask for it and would wonder; a sentence.
  case plain(reason: String?)
}

extension TutorFace {
  /// What the choice depends on, and nothing else does.
  public struct Facts: Sendable, Equatable {
    /// The command line or the environment asks for lines.
    public var isAsked: Bool
    /// Whether keys can come, and whether a picture can be shown.
    public var isInputTerminal: Bool
    /// Whether standard output is a terminal.
    public var isOutputTerminal: Bool
    /// The value of TERM; nil where it is not set or empty.
    public var terminalType: String?

    /// The facts as they were found.
    public init(
      isAsked: Bool, isInputTerminal: Bool, isOutputTerminal: Bool, terminalType: String?
    ) {
      self.isAsked = isAsked
      self.isInputTerminal = isInputTerminal
      self.isOutputTerminal = isOutputTerminal
      self.terminalType = terminalType
    }
  }

  /// The face for these facts: the full screen only where nothing speaks against it.
  public init(_ facts: Facts) {
    if facts.isAsked || !facts.isInputTerminal || !facts.isOutputTerminal
      || facts.terminalType == "dumb"
    {
      self = .plain(reason: nil)
    } else if facts.terminalType == nil {
      self = .plain(
        reason: "This is the plain tutor, because TERM is not set; TERM=xterm-256color would "
          + "give the full screen.")
    } else {
      self = .screen
    }
  }

  /// Why the tutor is plain when the terminal cannot show the full screen after all; a sentence.
  /// - Parameter trouble: what is wrong with it, without a full stop.
  public static func reason(withoutScreen trouble: String) -> String {
    "This is the plain tutor: \(trouble)."
  }
}

/// The two faces of the tutor: the full screen, or plain lines of text.
public enum TutorFace: Sendable, Equatable {
  case screen
  /// - Parameter reason: a sentence with the reason, if the user did not ask for plain mode.
  case plain(reason: String?)
}

extension TutorFace {
  /// The facts that decide between the faces.
  public struct Facts: Sendable, Equatable {
    /// Whether the command line or the environment asks for plain mode.
    public var isAsked: Bool
    /// Whether standard input is a terminal.
    public var isInputTerminal: Bool
    /// Whether standard output is a terminal.
    public var isOutputTerminal: Bool
    /// The value of TERM, or nil if it is empty or not set.
    public var terminalType: String?

    /// Creates the facts.
    public init(
      isAsked: Bool, isInputTerminal: Bool, isOutputTerminal: Bool, terminalType: String?
    ) {
      self.isAsked = isAsked
      self.isInputTerminal = isInputTerminal
      self.isOutputTerminal = isOutputTerminal
      self.terminalType = terminalType
    }
  }

  /// Chooses the face: plain mode if one of the facts requires it.
  public init(_ facts: Facts) {
    if facts.isAsked || !facts.isInputTerminal || !facts.isOutputTerminal
      || facts.terminalType == "dumb"
    {
      self = .plain(reason: nil)
    } else if facts.terminalType == nil {
      self = .plain(
        reason: "This is the plain tutor, because TERM is not set; TERM=xterm-256color "
          + "gives the full screen.")
    } else {
      self = .screen
    }
  }

  /// The sentence for plain mode after the terminal could not show the full screen.
  /// - Parameter trouble: the problem, without a full stop.
  public static func reason(withoutScreen trouble: String) -> String {
    "This is the plain tutor: \(trouble)."
  }
}

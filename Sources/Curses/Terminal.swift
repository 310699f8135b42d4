internal import CNcurses
internal import CPlatform
internal import Glibc
public import Screen

/// The full screen of a terminal: frames are drawn on it, inputs come from it, and its owner's end
/// gives it back as it was.
///
/// All calls belong on the one thread that made it; ncurses knows no other. Keys arrive raw: Ctrl-C
/// and Ctrl-Z are `control("c")` and `control("z")`, and reach no other process of the group.
///
/// **When the terminal is gone** (its window closed), `poll` reports POLLHUP or POLLERR for
/// `inputDescriptor` at each call, and reading yields nothing: an event loop must look at
/// `isGone` whenever `inputs()` is empty although the descriptor was ready, and end.
public struct Terminal: ~Copyable {
  /// The descriptor to poll for input; `inputs()` reads it.
  public let inputDescriptor: Int32
  /// How styles look, and which symbols frames should be made of.
  public private(set) var look: Look
  /// The size that frames should have.
  public private(set) var size: Size

  private let output: Int32
  private let environment: TerminalEnvironment
  private let abilities: TerminalAbilities
  private var takesMouse: Bool
  private let terminfoSize: Size
  private let savedModes: termios
  private let screen: OpaquePointer
  private let window: UnsafeMutablePointer<WINDOW>
  /// Keys are read from a pad, because reading from a window would refresh it.
  private let keys: UnsafeMutablePointer<WINDOW>
  private var palette: Palette
  private var decoder = InputDecoder()
  private var shown: Frame?
  private var isCursorShown = true

  /// Takes the terminal over.
  ///
  /// - Parameters:
  ///   - relay: Proof that the program's own signal handlers stand: ncurses would install its own.
  ///   - wishes: What was said about the look.
  ///   - takesMouse: Whether the mouse is reported; without it the terminal's own selection works.
  public init(
    after relay: borrowing SignalRelay, wishes: LookWishes = LookWishes(), takesMouse: Bool = true,
    environment: TerminalEnvironment = .current, input: Int32 = 0, output: Int32 = 1
  ) throws(TerminalError) {
    let type = try Self.checkedType(environment, input: input, output: output)
    let hasUTF8 = lks_take_utf8_locale() != 0
    var modes = termios()
    guard tcgetattr(output, &modes) == 0 else { throw .notATerminal }
    // The size comes from here and not from ncurses, which refuses some and believes others.
    use_env(false)
    guard let reading = Self.stream(input, "r"), let writing = Self.stream(output, "w") else {
      throw .system(call: "fdopen", errno: errno)
    }
    guard let screen = Self.newScreen(type, writing, reading) else { throw .refused(type) }
    guard let window = lks_stdscr(), let keys = newpad(1, 1) else {
      endwin()
      throw .refused(type)
    }
    self.screen = screen
    self.window = window
    self.keys = keys
    self.output = output
    self.environment = environment
    self.takesMouse = takesMouse
    inputDescriptor = input
    savedModes = modes
    abilities = TerminalAbilities(colors: Self.startColors(), hasUTF8: hasUTF8)
    look = Look(wishes, environment: environment, abilities: abilities)
    palette = Palette(depth: look.colorDepth, limit: Int(lks_color_pairs()))
    terminfoSize = Size(columns: Int(tigetnum("cols")), rows: Int(tigetnum("lines")))
    size = terminfoSize
    Self.configure(keys)
    Self.send(Self.modesOn(takesMouse: takesMouse), to: output)
    curs_set(0)
    isCursorShown = false
    CrashGuard.arm(output: output, modes: modes)
    resize()
  }

  deinit {
    Self.leave(output)
    CrashGuard.disarm()
    delwin(keys)
    delscreen(screen)
  }

  /// Gives the terminal back as it was.
  public consuming func close() {}

  // MARK: The look

  /// The symbols that frames should be made of.
  public var glyphs: Glyphs { look.isASCII ? .ascii : .unicode }
  /// How many colours are used.
  public var colorDepth: ColorDepth { look.colorDepth }

  /// Takes other wishes over; where they change the look, the next frame is painted whole.
  public mutating func apply(_ wishes: LookWishes, takesMouse: Bool) {
    if takesMouse != self.takesMouse {
      self.takesMouse = takesMouse
      Self.send(takesMouse ? Self.modesOn(takesMouse: true) : Self.mouseOff, to: output)
    }
    let look = Look(wishes, environment: environment, abilities: abilities)
    guard look != self.look else { return }
    self.look = look
    palette = Palette(depth: look.colorDepth, limit: Int(lks_color_pairs()))
    invalidate()
  }

  // MARK: The clipboard

  /// Gives a text to the terminal's clipboard, where there is one.
  public func copy(_ text: String) -> CopyOutcome {
    let reach = Clipboard.reach(environment, hasCapability: lks_capability("Ms") != nil)
    guard reach != .none else { return .noClipboard }
    guard let sequence = Clipboard.sequence(for: Sanitizer.pasteSafe(text)) else {
      return .tooLong
    }
    Self.send(sequence, to: output)
    return reach == .certain ? .taken : .offered
  }

  // MARK: Drawing

  /// Shows a frame: sends only what changed since the last one.
  ///
  /// - Parameter cursor: Where the terminal's own cursor is shown; nil hides it. It stands at the
  ///   frame's focus then, where magnifiers and braille displays look for it.
  public mutating func draw(_ frame: borrowing Frame, cursor: Point? = nil) {
    if let shown, shown.size != frame.size { invalidate() }
    if shown == nil {
      set(stride(from: 0, to: size.rows, by: 1), of: frame)
    } else {
      // Where rows moved up, as in a log, ncurses would have the terminal scroll a part of its
      // screen, which not every program that calls itself an xterm can. With every other row new
      // at a time it finds no row that moved.
      set(stride(from: 0, to: size.rows, by: 2), of: frame)
      wnoutrefresh(window)
      doupdate()
      set(stride(from: 1, to: size.rows, by: 2), of: frame)
    }
    shown = copy frame
    place(cursor, focus: frame.focusPoint)
    wnoutrefresh(window)
    doupdate()
  }

  /// Puts the changed cells of some rows into ncurses' window.
  private mutating func set(_ rows: StrideTo<Int>, of frame: borrowing Frame) {
    let (window, theme, depth) = (window, look.theme, look.colorDepth)
    // What is drawn by a caller with other symbols must not reach a terminal that lacks them.
    let allowsAll = !glyphs.isASCII
    var palette = palette
    // Most cells look as the one before them.
    var style: Style?
    var (attributes, pair) = (attr_t(0), Int32(0))
    FrameDifference.forEach(from: shown, to: frame, within: size, rows: rows) { point, cell in
      if cell.style != style {
        let appearance = theme.appearance(of: cell.style, depth: depth)
        style = cell.style
        attributes = Palette.attributes(appearance.attributes)
        pair = palette.pair(for: appearance)
      }
      var text = SIMD8<Int32>()
      text[0] = allowsAll || cell.scalar.isASCII ? Int32(cell.scalar.value) : 0x3F
      if allowsAll {
        for (index, mark) in cell.marks.enumerated() { text[index + 1] = Int32(mark.value) }
      }
      withUnsafeBytes(of: &text) { bytes in
        _ = lks_set_cell(
          window, Int32(point.y), Int32(point.x), bytes.bindMemory(to: wchar_t.self).baseAddress,
          attributes, pair)
      }
    }
    self.palette = palette
  }

  /// Has the next `draw` paint everything anew, whatever the terminal shows now.
  public mutating func invalidate() {
    shown = nil
    werase(window)
    clearok(lks_curscr(), true)
  }

  private mutating func place(_ cursor: Point?, focus: Point?) {
    let isShown = cursor.map { Rect(size).contains($0) } ?? false
    if isShown != isCursorShown {
      curs_set(isShown ? 1 : 0)
      isCursorShown = isShown
    }
    if let place = isShown ? cursor : focus, Rect(size).contains(place) {
      wmove(window, Int32(place.y), Int32(place.x))
    }
  }

  // MARK: Input

  /// All that has come from the person since the last call; empty where nothing has.
  public mutating func inputs() -> [Input] {
    var codes: [InputDecoder.Code] = []
    var value: wint_t = 0
    while true {
      let status = wget_wch(keys, &value)
      if status == ERR { break }
      if status != KEY_CODE_YES {
        codes.append(.character(value))
      } else {
        codes.append(.key(Int32(bitPattern: value)))
      }
    }
    return decoder.decode(codes)
  }

  /// Whether the terminal has gone away: nothing can be read from it or shown on it any more.
  public var isGone: Bool {
    var poller = pollfd(fd: inputDescriptor, events: 0, revents: 0)
    return poll(&poller, 1, 0) > 0
      && Int32(poller.revents) & Int32(POLLHUP | POLLERR | POLLNVAL) != 0
  }

  // MARK: Size and suspension

  /// Takes over the window's size, after `.windowChange`; the next frame is painted whole.
  @discardableResult
  public mutating func resize() -> Size {
    var window = winsize()
    let known = ioctl(output, UInt(TIOCGWINSZ), &window) == 0
    size = environment.size(
      window: known
        ? Size(columns: Int(window.ws_col), rows: Int(window.ws_row)) : Size(columns: 0, rows: 0),
      terminfo: terminfoSize)
    resizeterm(Int32(size.rows), Int32(size.columns))
    invalidate()
    return size
  }

  /// Gives the terminal back for a while, so that an editor can use it; `reclaim()` takes it again.
  public mutating func release() {
    Self.leave(output)
    CrashGuard.disarm()
  }

  /// Takes the terminal again after `release()`, or after a stop that came from outside.
  public mutating func reclaim() {
    CrashGuard.disarm()
    CrashGuard.arm(output: output, modes: savedModes)
    reset_prog_mode()
    Self.send(Self.modesOn(takesMouse: takesMouse), to: output)
    curs_set(isCursorShown ? 1 : 0)
    resize()
    wnoutrefresh(window)
    doupdate()
  }

  /// Stops the program and its group as Ctrl-Z does, with the terminal given back meanwhile.
  /// Returns when it has been continued, the screen its own again.
  public mutating func suspend() {
    release()
    lks_relay_stop_group()
    reclaim()
  }
}

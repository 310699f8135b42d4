internal import CNcurses
internal import CPlatform
internal import Glibc
public import Screen

/// The full screen of a terminal. It draws frames, reads input, and restores the terminal when it is
/// destroyed.
///
/// Call it only from the thread that made it, because ncurses is not thread-safe. Keys are raw:
/// Ctrl-C and Ctrl-Z arrive as `control("c")` and `control("z")` and send no signals.
///
/// **When the terminal is gone** (its window is closed, or reads or writes fail), `poll` reports forever
/// that `inputDescriptor` is ready. The event loop must check `isGone` after each wait and exit.
public struct Terminal: ~Copyable {
  /// The descriptor to poll for input. `inputs()` reads it.
  public let inputDescriptor: Int32
  /// The current look.
  public private(set) var look: Look
  /// The size for frames.
  public private(set) var size: Size

  private let output: Int32
  private let environment: TerminalEnvironment
  private let capabilities: TerminalCapabilities
  private var takesMouse: Bool
  private let terminfoSize: Size
  /// The limits that LINES and COLUMNS set when the screen opened.
  private var sizeLimit: Size?
  private let savedModes: termios
  private let screen: OpaquePointer
  private let window: UnsafeMutablePointer<WINDOW>
  private var palette: Palette
  private var decoder: InputDecoder
  private var shown: Frame?
  private var isCursorShown = true
  /// Whether the full screen is open.
  private var isOpen = true
  /// Whether a read or a write has failed for good.
  private var hasFailed = false

  /// Opens the full screen.
  ///
  /// - Parameters:
  ///   - relay: Proof that the program's signal handlers are installed, so that ncurses does not
  ///     install its own.
  ///   - preferences: The user's choices about the look.
  ///   - takesMouse: Whether to get mouse events. Without them the terminal's own selection works.
  public init(
    after relay: borrowing SignalRelay, preferences: LookPreferences = LookPreferences(),
    takesMouse: Bool = true,
    environment: TerminalEnvironment = .current, input: Int32 = 0, output: Int32 = 1
  ) throws(TerminalError) {
    let type = try Self.checkedType(environment, input: input, output: output)
    let hasUTF8 = lks_set_utf8_locale() != 0
    var modes = termios()
    guard tcgetattr(output, &modes) == 0 else { throw .notATerminal }
    // `resize()` sets the size. ncurses rejects some valid sizes and accepts some invalid ones.
    use_env(false)
    // These streams are never closed, because that would close the descriptors too.
    guard let reading = fdopen(input, "r"), let writing = fdopen(output, "w") else {
      throw .system(call: "fdopen", errno: errno)
    }
    // ncurses writes as soon as the screen opens, and a terminal that nobody reads takes nothing.
    CrashGuard.arm(output: output, modes: modes)
    guard let screen = Self.newScreen(type, writing, reading) else {
      CrashGuard.disarm()
      throw .refused(type)
    }
    guard let window = lks_stdscr() else {
      endwin()
      CrashGuard.disarm()
      throw .refused(type)
    }
    self.screen = screen
    self.window = window
    self.output = output
    self.environment = environment
    self.takesMouse = takesMouse
    inputDescriptor = input
    savedModes = modes
    capabilities = TerminalCapabilities(colors: Self.startColors(), hasUTF8: hasUTF8)
    look = Look(preferences, environment: environment, capabilities: capabilities)
    palette = Palette(depth: look.colorDepth, limit: Int(lks_color_pairs()))
    terminfoSize = Size(columns: Int(tigetnum("cols")), rows: Int(tigetnum("lines")))
    size = terminfoSize
    Self.configure(window)
    decoder = InputDecoder(.ofTerminal)
    Self.send(Self.modesOn(takesMouse: takesMouse), to: output)
    curs_set(0)
    isCursorShown = false
    resize()
  }

  deinit {
    if isOpen { Self.leave(output) }
    CrashGuard.disarm()
    delscreen(screen)
  }

  /// Restores the terminal.
  public consuming func close() {}

  // MARK: The look

  /// The symbols for frames.
  public var glyphs: Glyphs { look.isASCII ? .ascii : .unicode }

  /// Applies new preferences. If they change the look, the next `draw` repaints the full screen.
  public mutating func apply(_ preferences: LookPreferences, takesMouse: Bool) {
    if takesMouse != self.takesMouse {
      self.takesMouse = takesMouse
      Self.send(takesMouse ? Self.modesOn(takesMouse: true) : Self.mouseOff, to: output)
    }
    let look = Look(preferences, environment: environment, capabilities: capabilities)
    guard look != self.look else { return }
    self.look = look
    palette = Palette(depth: look.colorDepth, limit: Int(lks_color_pairs()))
    invalidate()
  }

  // MARK: The clipboard

  /// Copies a text to the terminal's clipboard, if it has one.
  public func copy(_ text: String) -> CopyOutcome {
    let support = Clipboard.support(environment, hasCapability: lks_capability("Ms") != nil)
    guard support != .none else { return .noClipboard }
    guard let sequence = Clipboard.sequence(for: Sanitizer.pasteSafe(text)) else {
      return .tooLong
    }
    Self.send(sequence, to: output)
    return support == .certain ? .copied : .sent
  }

  // MARK: Drawing

  /// Shows a frame. Sends only the changes since the last one. Does nothing after `release()`.
  ///
  /// - Parameter cursor: The position of the terminal's cursor, or nil to hide it. A hidden cursor is
  ///   at the frame's focus, for magnifiers and braille displays.
  public mutating func draw(_ frame: borrowing Frame, cursor: Point? = nil) {
    guard isOpen else { return }
    if let shown, shown.size != frame.size { invalidate() }
    if shown == nil {
      set(stride(from: 0, to: size.rows, by: 1), of: frame)
    } else {
      // When rows move up, as in a log, ncurses would scroll a part of the screen. Not every
      // terminal that claims to be an xterm supports that. If only every other row changes at a
      // time, ncurses finds no row that moved.
      set(stride(from: 0, to: size.rows, by: 2), of: frame)
      update()
      set(stride(from: 1, to: size.rows, by: 2), of: frame)
    }
    shown = copy frame
    place(cursor, focus: frame.focusPoint)
    update()
  }

  /// Sends the changes of the ncurses window.
  private mutating func update() {
    wnoutrefresh(window)
    if lks_doupdate() != 0 { hasFailed = true }
  }

  /// Puts the changed cells of some rows into the ncurses window.
  private mutating func set(_ rows: StrideTo<Int>, of frame: borrowing Frame) {
    let (window, theme, depth) = (window, look.theme, look.colorDepth)
    // A frame with Unicode glyphs must not reach an ASCII terminal.
    let allowsAll = !glyphs.isASCII
    let (joinsEmoji, joinsLetters) = (environment.joinsEmoji, environment.joinsLetters)
    var palette = palette
    // Most cells have the same style as the one before.
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
        let marks = cell.marks(joiningEmoji: joinsEmoji, joiningLetters: joinsLetters)
        for (index, mark) in marks.enumerated() { text[index + 1] = Int32(mark.value) }
      }
      withUnsafeBytes(of: &text) { bytes in
        _ = lks_set_cell(
          window, Int32(point.y), Int32(point.x), bytes.bindMemory(to: wchar_t.self).baseAddress,
          attributes, pair)
      }
    }
    self.palette = palette
  }

  /// Makes the next `draw` repaint the full screen.
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

  /// When `inputs` must be called even if no byte arrives, because a part of a sequence or a paste
  /// waits for the rest, or nil. It is a time on the clock of `inputs`.
  public var inputDeadline: UInt64? { decoder.deadline }

  /// The user's input since the last call. Does not block.
  ///
  /// The bytes do not pass through ncurses, because it forgets the beginning of a sequence whose rest
  /// is late.
  /// - Parameter now: the time on a monotonic clock, in nanoseconds.
  public mutating func inputs(at now: UInt64) -> [Input] {
    var inputs: [Input] = []
    var isEmpty = true
    var buffer = [UInt8](repeating: 0, count: 4096)
    // A terminal that sends without end must not stop the drawing.
    for _ in 0..<16 {
      var poller = pollfd(fd: inputDescriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&poller, 1, 0) > 0, Int32(poller.revents) & Int32(POLLIN) != 0 else { break }
      let count = read(inputDescriptor, &buffer, buffer.count)
      // The end of the input, or an error such as EIO in a background process group.
      if count == 0 || count < 0 && errno != EINTR && errno != EAGAIN { hasFailed = true }
      guard count > 0 else { break }
      isEmpty = false
      inputs += decoder.decode(buffer[..<count], at: now)
    }
    return isEmpty ? decoder.expire(at: now) : inputs
  }

  /// Whether the terminal is gone, so that reads and writes fail.
  public var isGone: Bool {
    if hasFailed { return true }
    var poller = pollfd(fd: inputDescriptor, events: 0, revents: 0)
    return poll(&poller, 1, 0) > 0
      && Int32(poller.revents) & Int32(POLLHUP | POLLERR | POLLNVAL) != 0
  }

  // MARK: Size and suspension

  /// Adopts the window's size after `.windowChange`. The next `draw` repaints the full screen.
  @discardableResult
  public mutating func resize() -> Size {
    var window = winsize()
    let known = ioctl(output, UInt(TIOCGWINSZ), &window) == 0
    let real = TerminalEnvironment.size(
      window: known
        ? Size(columns: Int(window.ws_col), rows: Int(window.ws_row)) : Size(columns: 0, rows: 0),
      terminfo: terminfoSize)
    let limit = sizeLimit ?? environment.sizeLimit(in: real)
    sizeLimit = limit
    size = Size(columns: min(real.columns, limit.columns), rows: min(real.rows, limit.rows))
    resizeterm(Int32(size.rows), Int32(size.columns))
    invalidate()
    return size
  }

  /// Restores the terminal for a while, so that an editor can use it. `reclaim()` ends that.
  public mutating func release() {
    Self.leave(output)
    CrashGuard.disarm()
    isOpen = false
  }

  /// Opens the full screen again after `release()`, or after another process stopped this one. Does
  /// nothing if a signal has arrived that ends the program. Then the terminal may be another
  /// program's, and a change of its settings would stop this one.
  public mutating func reclaim() {
    awaitEndingInBackground()
    guard !SignalRelay.isEnding else { return }
    isOpen = true
    CrashGuard.disarm()
    CrashGuard.arm(output: output, modes: savedModes)
    reset_prog_mode()
    keypad(window, true)
    Self.send(Self.modesOn(takesMouse: takesMouse), to: output)
    curs_set(isCursorShown ? 1 : 0)
    resize()
    update()
  }

  /// Waits a moment for a signal that ends the program, if it continues in the background. A shell
  /// that ends a stopped job also continues it. Another thread may receive the first of these
  /// signals, and taking the terminal meanwhile would stop the program again.
  private func awaitEndingInBackground() {
    guard tcgetpgrp(output) != getpgrp() else { return }
    for _ in 0..<100 where !SignalRelay.isEnding { _ = poll(nil, 0, 1) }
  }

  /// Restores the terminal and stops the process group, as Ctrl-Z does. Returns with the full
  /// screen open again when the process continues.
  public mutating func suspend() {
    release()
    lks_relay_stop_group()
    reclaim()
  }
}

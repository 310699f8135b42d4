internal import CPty
internal import Glibc

/// The settings of a terminal that a full-screen program changes.
public struct TerminalModes: Hashable, Sendable {
  public let input: UInt32
  public let output: UInt32
  public let control: UInt32
  public let local: UInt32
  public let characters: [UInt8]

  init(_ modes: termios) {
    input = modes.c_iflag
    output = modes.c_oflag
    control = modes.c_cflag
    local = modes.c_lflag
    characters = withUnsafeBytes(of: modes.c_cc) { Array($0) }
  }

  /// Whether the terminal echoes typed characters.
  public var echoes: Bool { local & UInt32(ECHO) != 0 }
  /// Whether input arrives line by line.
  public var isCanonical: Bool { local & UInt32(ICANON) != 0 }
}

/// Both ends of a pseudo-terminal. The program's end stays open here too, so that a test can read
/// its settings after the program ends.
final class PseudoTerminal {
  private(set) var master: Int32
  let path: String
  private var slave: Int32

  init(columns: Int, rows: Int) throws(PtyError) {
    let master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard master >= 0 else { throw PtyError(call: "posix_openpt", errno: errno) }
    var name = [CChar](repeating: 0, count: 128)
    guard grantpt(master) == 0, unlockpt(master) == 0, ptsname_r(master, &name, name.count) == 0
    else {
      let error = errno
      close(master)
      throw PtyError(call: "unlockpt", errno: error)
    }
    path = name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard slave >= 0 else {
      let error = errno
      close(master)
      throw PtyError(call: "open \(path)", errno: error)
    }
    self.master = master
    let flags = fcntl(master, F_GETFL)
    _ = fcntl(master, F_SETFL, flags | O_NONBLOCK)
    resize(columns: columns, rows: rows)
  }

  deinit {
    hangUp()
  }

  func hangUp() {
    if master >= 0 { close(master) }
    if slave >= 0 { close(slave) }
    master = -1
    slave = -1
  }

  var modes: TerminalModes {
    var modes = termios()
    tcgetattr(slave, &modes)
    return TerminalModes(modes)
  }

  func resize(columns: Int, rows: Int) {
    var size = winsize(
      ws_row: UInt16(clamping: rows), ws_col: UInt16(clamping: columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// The number of bytes that were sent and that the program has not read.
  var unreadBytes: Int {
    var count: Int32 = 0
    return ioctl(slave, UInt(FIONREAD), &count) == 0 ? Int(count) : 0
  }

  /// Writes to the program's end until the queue is full, so that the program's next write blocks.
  func fill() {
    let flags = fcntl(slave, F_GETFL)
    _ = fcntl(slave, F_SETFL, flags | O_NONBLOCK)
    defer { _ = fcntl(slave, F_SETFL, flags) }
    let spaces = [UInt8](repeating: 0x20, count: 4096)
    var poller = pollfd(fd: slave, events: Int16(POLLOUT), revents: 0)
    // The kernel moves bytes from one buffer to the next, which makes room again.
    repeat { while write(slave, spaces, spaces.count) > 0 {} } while poll(&poller, 1, 20) > 0
  }

  /// The program's pending output. Does not block.
  func read(_ most: Int = 65_536) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: min(most, 65_536)) { buffer, count in
      count = max(0, Glibc.read(master, buffer.baseAddress, buffer.count))
    }
  }

  /// Sends all bytes. Waits while the terminal's queue is full.
  func send(_ bytes: [UInt8]) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      if count > 0 {
        sent += count
      } else {
        guard errno == EAGAIN || errno == EINTR else { return }
        var poller = pollfd(fd: master, events: Int16(POLLOUT), revents: 0)
        guard poll(&poller, 1, 5000) > 0 else { return }
      }
    }
  }
}

import CPlatform
import Glibc
import Screen

/// The ways out of the program.
public enum Finish {
  /// Ends with a status; output that could not be written is a failure of its own.
  public static func exit(_ status: ExitStatus) -> Never {
    guard fflush(nil) == 0 else {
      fail("the output could not be written: \(String(cString: strerror(errno)))", .failed)
    }
    Glibc.exit(status.rawValue)
  }

  /// Says why in one line on standard error, and ends.
  public static func fail(_ message: String, _ status: ExitStatus) -> Never {
    complain(message)
    Glibc.exit(status.rawValue)
  }

  /// Ends as if by a signal that was caught to clean up first.
  public static func dieBySignal(_ number: Int32) -> Never {
    signal(number, SIG_DFL)
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, number)
    sigprocmask(SIG_UNBLOCK, &set, nil)
    raise(number)
    Glibc._exit(128 + number)
  }

  /// Puts something useless in place of a standard descriptor that was closed, so that no file or
  /// pipe of the program's own gets its number and is then written to as if it were the output.
  public static func occupyStandardDescriptors() {
    for (descriptor, mode) in [(Int32(0), O_WRONLY), (1, O_RDONLY), (2, O_RDONLY)]
    where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", mode)
    }
  }

  /// A message for the person, on standard error.
  public static func complain(_ message: String) {
    let line = "lockstep: " + Sanitizer.displaySafe(message, newlines: .visible) + "\n"
    var bytes = Array(line.utf8)
    _ = write(2, &bytes, bytes.count)
  }
}

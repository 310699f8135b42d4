import CPlatform
import Glibc
import Screen

/// The ways to end the program, and its messages to the user.
public enum Finish {
  /// Ends with a status, or with a failure if buffered output cannot be written.
  public static func exit(_ status: ExitStatus) -> Never {
    guard fflush(nil) == 0 else {
      fail("the output could not be written: \(String(cString: strerror(errno)))", .failed)
    }
    Glibc.exit(status.rawValue)
  }

  /// Prints a message on standard error and ends.
  public static func fail(_ message: String, _ status: ExitStatus) -> Never {
    warn(message)
    Glibc.exit(status.rawValue)
  }

  /// Ends by a signal that the program caught to clean up first.
  public static func dieBySignal(_ number: Int32) -> Never {
    signal(number, SIG_DFL)
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, number)
    sigprocmask(SIG_UNBLOCK, &set, nil)
    raise(number)
    Glibc._exit(128 + number)
  }

  /// Opens `/dev/null` in place of each closed standard descriptor. Otherwise a file or a pipe of
  /// the program could get its number, and output would go there.
  public static func occupyStandardDescriptors() {
    for (descriptor, mode) in [(Int32(0), O_WRONLY), (1, O_RDONLY), (2, O_RDONLY)]
    where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", mode)
    }
  }

  /// Prints a message for the user on standard error.
  public static func warn(_ message: String) {
    let line = "lockstep: " + OutputText.shown(message, newlines: .visible) + "\n"
    var bytes = Array(line.utf8)
    _ = write(2, &bytes, bytes.count)
  }
}

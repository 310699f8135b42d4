internal import Glibc
internal import Pty

/// A mount namespace of its own for a test that mounts a file system.
public enum Namespace {
  /// The words that start a program in one, as root of a user namespace or as root. Nil if the
  /// machine allows neither.
  public static let words: [String]? = {
    guard let unshare = Tool.unshare.path, let mount = Tool.mount.path else { return nil }
    return [["-rm"], ["-m"]].map { [unshare] + $0 }.first { words in
      let test = ["sh", "-c", "\(mount) -t tmpfs tmpfs /mnt"]
      let run = try? Program(path: words[0], Array(words.dropFirst()) + test)
      return run?.status == 0
    }
  }()

  /// Reports at the end of the suite that a test was skipped.
  public static func skip() { FaultCount.shared.missNamespace() }
}

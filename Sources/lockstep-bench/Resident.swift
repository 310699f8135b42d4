import CPlatform
import Concurrency
import Glibc

/// The memory of this process.
enum Resident {
  /// Resident bytes, after what was freed has been given back.
  static var bytes: Int {
    lks_give_back_memory()
    let pages = (ProcFile.text("/proc/self/statm") ?? "").split(separator: " ").dropFirst().first
    return (pages.flatMap { Int($0) } ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}

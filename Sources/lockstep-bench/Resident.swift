import CPlatform
import Glibc
import Platform

/// The resident memory of this process.
enum Resident {
  /// The resident bytes, after returning free memory to the kernel.
  static var bytes: Int {
    lks_trim_memory()
    let pages = (ProcFile.text("/proc/self/statm") ?? "").split(separator: " ").dropFirst().first
    return (pages.flatMap { Int($0) } ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}

import Glibc
import Platform

/// The memory of a process as the kernel counts it, in bytes.
struct ProcessWeight: Sendable, Equatable {
  /// The addresses that it has reserved, in use or not.
  var virtual: Int64
  /// The pages in memory. Shared pages count fully for each process, so sums are meaningless.
  var resident: Int64
  /// The pages in memory, with each shared page divided by the number of its users.
  var proportional: Int64
  /// The pages that it has written and shares with no other process.
  var privateDirty: Int64

  /// Reads `/proc/PID/statm` and `/proc/PID/smaps_rollup`. Nil if the process is gone or the kernel
  /// does not provide the files.
  init?(of pid: pid_t) {
    let page = Int64(sysconf(Int32(_SC_PAGESIZE)))
    guard let sizes = ProcFile.text("/proc/\(pid)/statm"),
      let pages = sizes.split(separator: " ").first.flatMap({ Int64($0) }),
      let rollup = ProcFile.text("/proc/\(pid)/smaps_rollup"),
      let resident = ProcFile.bytes("Rss", in: rollup),
      let proportional = ProcFile.bytes("Pss", in: rollup),
      let privateDirty = ProcFile.bytes("Private_Dirty", in: rollup)
    else { return nil }
    virtual = pages * page
    self.resident = resident
    self.proportional = proportional
    self.privateDirty = privateDirty
  }

  init(virtual: Int64, resident: Int64, proportional: Int64, privateDirty: Int64) {
    self.virtual = virtual
    self.resident = resident
    self.proportional = proportional
    self.privateDirty = privateDirty
  }

  /// The growth of the process since an earlier moment, divided by a number of threads.
  func growth(since earlier: ProcessWeight, sharedBy count: Int) -> ProcessWeight {
    func part(_ weight: KeyPath<ProcessWeight, Int64>) -> Int64 {
      (self[keyPath: weight] - earlier[keyPath: weight]) / Int64(max(1, count))
    }
    return ProcessWeight(
      virtual: part(\.virtual), resident: part(\.resident), proportional: part(\.proportional),
      privateDirty: part(\.privateDirty))
  }
}

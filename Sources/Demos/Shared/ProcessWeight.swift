import Glibc
import Platform

/// What a process weighs by the kernel's own account, in bytes.
struct ProcessWeight: Sendable, Equatable {
  /// Addresses that it has reserved, whether anything lies there or not.
  var virtual: Int64
  /// What is in memory, pages that others share counted in full: never to be added up.
  var resident: Int64
  /// The same with each shared page divided by the number of its users.
  var proportional: Int64
  /// Pages that it has written and that are its alone.
  var privateDirty: Int64

  /// The weight of a process now, from `/proc/PID/statm` and `/proc/PID/smaps_rollup`; nil where it
  /// is gone or the kernel does not tell.
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

  /// What each of so many had a part in, of what the process has grown by since.
  func growth(since earlier: ProcessWeight, sharedBy count: Int) -> ProcessWeight {
    func part(_ weight: KeyPath<ProcessWeight, Int64>) -> Int64 {
      (self[keyPath: weight] - earlier[keyPath: weight]) / Int64(max(1, count))
    }
    return ProcessWeight(
      virtual: part(\.virtual), resident: part(\.resident), proportional: part(\.proportional),
      privateDirty: part(\.privateDirty))
  }
}

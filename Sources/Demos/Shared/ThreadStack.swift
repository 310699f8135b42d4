import CPlatform
import Glibc

/// The calling thread's stack, in bytes.
struct ThreadStack: Sendable {
  let reserved: Int64
  /// The pages that are in memory, because the thread has touched them.
  let touched: Int64

  /// Nil if the system does not provide the numbers.
  init?() {
    var length = 0
    guard let lowest = lks_thread_stack(&length) else { return nil }
    let page = sysconf(Int32(_SC_PAGESIZE))
    var pages = [UInt8](repeating: 0, count: (length + page - 1) / page)
    guard mincore(lowest, length, &pages) == 0 else { return nil }
    reserved = Int64(length)
    touched = Int64(pages.count { $0 & 1 != 0 } * page)
  }
}

import CPlatform
import Catalog
import Concurrency
import Lessons
import Trace

extension RunConfiguration {
  /// A run of this program, on this machine.
  static func here(_ request: RunRequest, speed: RunSpeed = .normal) -> RunConfiguration {
    let listing = BuiltInLessons.listing(named: request.demo.listing) ?? ""
    return RunConfiguration(
      request: request,
      listing: listing.split(separator: "\n", omittingEmptySubsequences: false).map(String.init),
      version: Lockstep.version, cores: Int(lks_available_cores()),
      speed: speed)
  }
}

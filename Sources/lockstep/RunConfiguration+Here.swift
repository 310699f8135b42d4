import CPlatform
import Catalog
import Concurrency
import Events
import Lessons
import Shell

extension RunConfiguration {
  /// The configuration of a run of this program on this machine.
  static func here(_ request: RunRequest, speed: RunSpeed = .normal) -> RunConfiguration {
    let listing = BuiltInLessons.listing(named: request.demo.listing) ?? ""
    return RunConfiguration(
      request: request,
      listing: listing.split(separator: "\n", omittingEmptySubsequences: false).map(String.init),
      version: Release.version, cores: Int(lks_available_cores()),
      speed: speed)
  }
}

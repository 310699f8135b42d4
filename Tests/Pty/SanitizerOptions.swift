internal import Glibc

/// The options of the sanitizer that the tests run with (`.ci/sanitize`). Programs of the tests need
/// them too, or else their reports would be mixed with their output.
enum SanitizerOptions {
  /// `NAME=value` for each of them.
  static var variables: [String] {
    ["TSAN_OPTIONS", "ASAN_OPTIONS"].compactMap { (name: String) -> String? in
      getenv(name).map { "\(name)=\(String(cString: $0))" }
    }
  }
}

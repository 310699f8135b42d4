// Runs one fuzz target: lockstep-fuzz --target=NAME, and libFuzzer's own arguments. `.ci/fuzz`
// builds and runs it.

/// The parsers of outside text by name. Each takes any bytes and stops the program with a message if
/// the parser breaks a promise.
let targets: [String: @Sendable (_ bytes: [UInt8]) -> Void] = [
  "commands": checkCommands,
  "documents": checkDocument,
  "keys": checkKeys,
  "recordings": checkRecording,
  "settings": checkSettings,
  "tutor": checkTutor,
]

/// Stops the program unless a promise holds. libFuzzer keeps the input then.
func expect(_ isTrue: Bool, _ message: @autoclosure () -> String) {
  if !isTrue { fatalError(message()) }
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

private let prefix = "--target="
/// libFuzzer leaves arguments that begin with two hyphens to the program.
private let name = CommandLine.arguments.first { $0.hasPrefix(prefix) }?.dropFirst(prefix.count)
guard let chosen = targets[String(name ?? "")] else {
  fatalError("lockstep-fuzz --target=NAME, where NAME is one of \(targets.keys.sorted())")
}
private let target = chosen
private var count = CommandLine.argc
private var arguments = CommandLine.unsafeArgv
_ = runDriver(&count, &arguments) { start, count in
  target(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

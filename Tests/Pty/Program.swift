internal import CPlatform
internal import Glibc

/// The built program, run as a person runs it.
public struct Program: Sendable {
  /// The executable beside the test bundle.
  public static var path: String {
    get throws {
      var buffer = [CChar](repeating: 0, count: 4096)
      let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
      let own = String(decoding: buffer.prefix(max(0, count)).map(UInt8.init), as: UTF8.self)
      let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? own
      let folders = [bundle, own].compactMap { path in
        path.lastIndex(of: "/").map { String(path[..<$0]) }
      }
      for folder in folders {
        let path = "\(folder)/lockstep"
        if access(path, X_OK) == 0 { return path }
      }
      throw PtyError(call: "looking for lockstep beside \(bundle)", errno: ENOENT)
    }
  }

  public let standardOutput: String
  public let standardError: String
  /// The exit code, or 128 and the signal.
  public let status: Int32

  /// Runs the program to its end, with no input.
  public init(_ words: String...) throws { try self.init(words) }

  /// - Parameters:
  ///   - path: another program to run instead, such as a shell.
  ///   - environment: the whole environment; where it names no HOME, there is a fresh one, which
  ///     goes with the program.
  ///   - input: what standard input holds, as a file does; nil for nothing at all.
  public init(
    path: String? = nil, _ words: [String],
    environment: [String] = ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"],
    input: String? = nil
  ) throws {
    let program = try path ?? Self.path
    let home = environment.contains { $0.hasPrefix("HOME=") } ? nil : try TemporaryFolder()
    defer { withExtendedLifetime(home) {} }
    let environment =
      environment + (home.map { ["HOME=\($0.path)"] } ?? []) + SanitizerOptions.variables
    var typed: Int32 = -1
    if let input {
      typed = lks_memfd_create("input")
      let bytes = Array(input.utf8)
      guard write(typed, bytes, bytes.count) == bytes.count, lseek(typed, 0, SEEK_SET) == 0 else {
        throw PtyError(call: "write", errno: errno)
      }
    }
    defer { if typed >= 0 { close(typed) } }
    var outputs: [[Int32]] = [[0, 0], [0, 0]]
    for index in outputs.indices {
      guard pipe(&outputs[index]) == 0 else { throw PtyError(call: "pipe", errno: errno) }
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if typed >= 0 {
      posix_spawn_file_actions_adddup2(&actions, typed, 0)
    } else {
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    }
    for (index, ends) in outputs.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, ends[1], Int32(index + 1))
      posix_spawn_file_actions_addclose(&actions, ends[0])
      posix_spawn_file_actions_addclose(&actions, ends[1])
    }
    var child: pid_t = 0
    let arguments: [UnsafeMutablePointer<CChar>?] =
      ([program] + words).map { strdup($0) } + [nil]
    let variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    let spawned = posix_spawn(&child, program, &actions, nil, arguments, variables)
    guard spawned == 0 else { throw PtyError(call: "posix_spawn", errno: spawned) }
    for ends in outputs { close(ends[1]) }
    var texts: [[UInt8]] = [[], []]
    Self.readAll(outputs.map { $0[0] }, into: &texts)
    for ends in outputs { close(ends[0]) }
    var ending: Int32 = 0
    waitpid(child, &ending, 0)
    status = ending & 0x7F == 0 ? (ending >> 8) & 0xFF : 128 + ending & 0x7F
    standardOutput = String(decoding: texts[0], as: UTF8.self)
    standardError = String(decoding: texts[1], as: UTF8.self)
  }

  private static func readAll(_ descriptors: [Int32], into texts: inout [[UInt8]]) {
    var open = Set(descriptors.indices)
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while !open.isEmpty {
      var polled = descriptors.indices.map {
        pollfd(fd: open.contains($0) ? descriptors[$0] : -1, events: Int16(POLLIN), revents: 0)
      }
      _ = poll(&polled, nfds_t(polled.count), -1)
      for index in descriptors.indices where polled[index].revents != 0 {
        let count = read(descriptors[index], &buffer, buffer.count)
        if count > 0 {
          texts[index].append(contentsOf: buffer[..<count])
        } else {
          open.remove(index)
        }
      }
    }
  }

  /// Runs a script in bash, in which `lockstep` is the built program.
  public static func bash(_ script: String) throws -> Program {
    let path = try path
    let folder = path.prefix(through: path.lastIndex(of: "/") ?? path.startIndex).dropLast()
    return try Program(
      path: "/bin/bash", ["--norc", "--noprofile", "-c", script],
      environment: ["PATH=\(folder):/usr/bin:/bin", "LC_ALL=C.UTF-8"])
  }

  /// The lines of standard output.
  public var lines: [String] { standardOutput.split(separator: "\n").map(String.init) }
}

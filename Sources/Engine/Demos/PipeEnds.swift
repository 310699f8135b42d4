import Glibc
import Trace

/// A 42 goes from the parent's end of a pipe to the child's.
enum PipeEnds {
  static let bodyName = "pipe.echo"

  /// What the child does: takes a number, then sends back so many messages as its second argument
  /// says.
  static func echo(_ run: Run, _ arguments: [String]) throws {
    guard arguments.count == 2, let messages = Int(arguments[1]) else {
      throw run.raise(RaisedException(type: "ValueError", message: "no end and no count"))
    }
    let end = try PipeEnd.attached(arguments[0], descriptor: run.passedDescriptor(0), in: run)
    let number = try end.receiveText()
    try run.output("pid \(getpid()) received \(number)")
    for _ in 0..<messages { try end.send(try end.receive()) }
  }
}

import Pty

/// The time from the start of the program to the end of its first full frame, compared with vim on
/// the same kind of pty.
enum FirstFrame {
  private static let rounds = 15

  static func row(program: String) -> Row {
    var own: [Double] = []
    var vim: [Double] = []
    for _ in 0...rounds {
      if let time = milliseconds(program, [], until: "commands") { own.append(time) }
      if let path = Programs.find("vim"),
        let time = milliseconds(path, ["-n", "-u", "NONE"], until: "version info")
      {
        vim.append(time)
      }
    }
    // The first round only warms the page cache.
    own = Array(own.dropFirst())
    vim = Array(vim.dropFirst())
    return Row(
      name: "start to first full frame",
      figure: own.isEmpty ? "no \(program)" : "\(Row.number(own.median)) ms",
      peer: vim.isEmpty ? "vim not found" : "vim -u NONE, \(Row.number(vim.median)) ms",
      ratio: own.isEmpty || vim.isEmpty ? nil : own.median / vim.median, aim: "at most 1.5")
  }

  private static func milliseconds(
    _ path: String, _ arguments: [String], until mark: String
  ) -> Double? {
    let mark = Array(mark.utf8)
    // Search only new output, because searching all of it each time would count too.
    var searched = 0
    guard
      let program = try? PtyProgram(columns: 120, rows: 40, path: path, arguments: arguments),
      program.wait(
        .seconds(10),
        until: {
          defer { searched = max(0, program.output.count - mark.count + 1) }
          return program.output[searched...].contains(mark)
        })
    else {
      return nil
    }
    return (.now - program.started) / .milliseconds(1)
  }
}

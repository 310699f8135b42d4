import Pty

/// From starting the program to the bytes that end its first full frame, against vim's, on the
/// same pty.
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
    // The first of each warms the page cache.
    own = Array(own.dropFirst())
    vim = Array(vim.dropFirst())
    return Row(
      name: "start to first full frame",
      figure: own.isEmpty ? "no \(program)" : "\(Row.number(own.median)) ms",
      peer: vim.isEmpty ? "vim is not here" : "vim -u NONE, \(Row.number(vim.median)) ms",
      ratio: own.isEmpty || vim.isEmpty ? nil : own.median / vim.median, aim: "at most 1.5")
  }

  private static func milliseconds(
    _ path: String, _ arguments: [String], until mark: String
  ) -> Double? {
    let mark = Array(mark.utf8)
    // Looking at all of the output after each piece would be measured along with the program.
    var looked = 0
    guard
      let program = try? PtyProgram(columns: 120, rows: 40, path: path, arguments: arguments),
      program.wait(
        .seconds(10),
        until: {
          defer { looked = max(0, program.output.count - mark.count + 1) }
          return program.output[looked...].contains(mark)
        })
    else {
      return nil
    }
    return (.now - program.started) / .milliseconds(1)
  }
}

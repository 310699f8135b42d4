import Glibc

/// Reads what the kernel writes about processes.
public enum ProcFile {
  /// All of a file; nil where there is none or it may not be read.
  public static func text(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    let file = Descriptor(descriptor)
    // On the stack: a process that looks at itself must not grow by that.
    return withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
      var text = ""
      while true {
        let count = read(file.number, buffer.baseAddress, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { return nil }
        if count == 0 { return text.isEmpty ? nil : text }
        text += String(decoding: buffer[..<count], as: UTF8.self)
      }
    }
  }

  /// The number that stands at a word's place in a file, counted from 0; nil where there is none.
  public static func number(_ path: String, word index: Int = 0) -> Int64? {
    guard let words = text(path)?.split(whereSeparator: { $0 == " " || $0 == "\n" }),
      words.indices.contains(index)
    else { return nil }
    return Int64(words[index])
  }

  /// The names of what a folder holds, such as the threads in `/proc/self/task`.
  public static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }

  /// The value of the first line such as `Rss:   1234 kB`, in bytes.
  public static func bytes(_ name: String, in text: some StringProtocol) -> Int64? {
    let line = text.split(separator: "\n").first { $0.hasPrefix("\(name):") }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int64($0) }.map { $0 * 1024 }
  }
}

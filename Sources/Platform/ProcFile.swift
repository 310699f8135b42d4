import Glibc
import SystemPackage

/// Reads the kernel's files about processes.
public enum ProcFile {
  /// The text of a file, or nil if it cannot be read.
  public static func text(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    let file = Descriptor(descriptor)
    // On the stack, so that a process that measures its memory does not grow.
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

  /// The number at a word's index in a file, from 0, or nil.
  public static func number(_ path: String, word index: Int = 0) -> Int64? {
    guard let words = text(path)?.split(whereSeparator: { $0 == " " || $0 == "\n" }),
      words.indices.contains(index)
    else { return nil }
    return Int64(words[index])
  }

  /// The names in a folder, such as the threads in `/proc/self/task`.
  public static func names(in path: String) -> [String] {
    FolderEntries(FilePath(path), limit: .max)?.names.map(\.string) ?? []
  }

  /// The value of the first line of a name, such as `Rss:   1234 kB`, in bytes.
  public static func bytes(_ name: String, in text: some StringProtocol) -> Int64? {
    let line = text.split(separator: "\n").first { $0.hasPrefix("\(name):") }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int64($0) }.map { $0 * 1024 }
  }
}

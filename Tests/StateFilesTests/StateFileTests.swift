import Glibc
import SystemPackage
import TestFaults
import TestTerminal
import Testing

@testable import StateFiles

@Suite("State file", .faultMatrix)
struct StateFileTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path + "/progress.json" }

  init() throws { folder = try TemporaryFolder() }

  @Test(
    "Rows 47, 48, 49 and 53: After any failing call, the file is old or new, and no other file is left",
    arguments: [Errno.noSpace, .ioError, .fileTooLarge, Errno(rawValue: EDQUOT)])
  func faults(error: Errno) throws {
    for isShort in [false, true] {
      for call in 1...20 {
        write([1, 2, 3], to: path)
        let disk = FaultyDisk(FaultyDisk.Fault(call: call, error: error, isShort: isShort))
        let new = [UInt8](repeating: 7, count: 100_000)
        do throws(StateError) {
          try disk.system.replace(path, with: new)
          #expect(!disk.hasFailed)
        } catch {
          #expect(disk.hasFailed)
          #expect("\(error)".contains(path))
        }
        // After the new name has been given only its place on the disk can fail.
        #expect(contents(of: path) == (disk.replaced > 0 ? new : [1, 2, 3]))
        #expect(folder.names() == ["progress.json"])
        if !disk.hasFailed { break }
        #expect(call < 20)
      }
    }
  }

  @Test(
    "Row 62: The file is readable by its owner only, and leftovers of the same process id are replaced"
  )
  func permissions() throws {
    write([9], to: "\(path).\(getpid()).new")
    try FileSystem.real.replace(path, with: [1])
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o7777 == 0o600)
    #expect(folder.names() == ["progress.json"])
  }

  @Test("Reading returns all bytes, or nil without a file")
  func read() throws {
    #expect(try StateFile(path).read() == nil)
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
    write(bytes, to: path)
    #expect(try StateFile(path).read() == bytes)
  }

  @Test("Row 55: Replacing through a link replaces the target and keeps the link")
  func link() throws {
    let real = folder.path + "/real.json"
    write([1], to: real)
    symlink("real.json", path)
    write([9], to: "\(real).12.new")
    try FileSystem.real.replace(path, with: [2])
    var status = stat()
    #expect(lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    #expect(contents(of: real) == [2])
    #expect(folder.names() == ["progress.json", "real.json"])
  }

  @Test("Row 55: A link's target is copied and not renamed")
  func linkAside() throws {
    let real = folder.path + "/real.json"
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0) }
    write(bytes, to: real)
    symlink("real.json", path)
    let aside = try StateFile(path).setAside(as: "damaged", at: "T", .real)
    #expect(aside == path + ".damaged-T" && contents(of: aside) == bytes)
    #expect(contents(of: real) == bytes)
    var status = stat()
    #expect(lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    for call in 1...5 {
      let disk = FaultyDisk(FaultyDisk.Fault(call: call, error: .noSpace))
      #expect(throws: StateError.self) {
        try StateFile(path).setAside(as: "damaged", at: "U", disk.system)
      }
      #expect(contents(of: real) == bytes)
      #expect(folder.names() == ["progress.json", "progress.json.damaged-T", "real.json"])
    }
  }

  @Test("Row 55: Pipes, folders, devices and broken links are refused")
  func refused() throws {
    mkfifo(path, 0o600)
    #expect(throws: StateError.refused(path, "a pipe")) { try StateFile(path).read() }
    unlink(path)
    mkdir(path, 0o700)
    #expect(throws: StateError.refused(path, "a folder")) { try StateFile(path).read() }
    rmdir(path)
    symlink("/dev/zero", path)
    #expect(throws: StateError.refused("/dev/zero", "a device")) { try StateFile(path).read() }
    unlink(path)
    for target in ["progress.json", "nowhere"] {
      symlink(target, path)
      #expect(throws: StateError.refused(path, "a broken link")) {
        try StateFile(path).read()
      }
      unlink(path)
    }
  }

  @Test("Row 54: A file that is too large is refused without being read")
  func large() throws {
    write([1], to: path)
    truncate(path, 1 << 40)
    #expect(throws: StateError.damaged(path, "it is larger than 4 MB")) {
      try StateFile(path).read()
    }
  }

  @Test("Renaming finds a free name, even several times a second")
  func aside() throws {
    for count: UInt8 in 1...3 {
      write([count], to: path)
      _ = try StateFile(path).setAside(as: "damaged", at: "T", .real)
    }
    let names = ["damaged-T", "damaged-T-2", "damaged-T-3"].map { "progress.json.\($0)" }
    #expect(folder.names() == names)
    #expect(names.map { contents(of: "\(folder.path)/\($0)") } == [[1], [2], [3]])
  }

  @Test("The file stays if it cannot be renamed", arguments: 1...3)
  func asideFails(call: Int) throws {
    write([1], to: path)
    let disk = FaultyDisk(FaultyDisk.Fault(call: call, error: .noSpace))
    #expect(throws: StateError.self) {
      try StateFile(path).setAside(as: "damaged", at: "T", disk.system)
    }
    #expect(contents(of: path) == [1])
    #expect(folder.names() == ["progress.json"])
  }
}

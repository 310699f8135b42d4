import Glibc
import LessonKit
import StateFiles
import TestFaults
import TestTerminal
import Testing

@Suite("Faults of the disk under the state", .faultMatrix)
struct StateFaultTests {
  private let home: FaultHome

  init() throws { home = try FaultHome() }

  private static let notSaved = "is not saved"

  @Test("Rows 47 and 48: On a disk that is full in the middle of the save, the old file stays")
  func full() throws {
    guard let mounts = Namespace.words else { return Namespace.skip() }
    try home.saveProgress()
    let run = try home.shell(
      """
      cp "$STATE/progress.json" "$FOLDER/kept" && mount -t tmpfs -o size=16k tmpfs "$STATE" || exit 9
      cp "$FOLDER/kept" "$STATE/progress.json"
      head -c 100000 /dev/zero > "$STATE/filler" 2> /dev/null
      "$LOCKSTEP" 7/3 --plain || exit 8
      cmp "$FOLDER/kept" "$STATE/progress.json" || exit 7
      ls -A "$STATE" > "$FOLDER/names"
      """, before: mounts)
    #expect(run.status == 0, "\(run)")
    #expect((run.standardOutput + run.standardError).contains(Self.notSaved))
    let names = Kernel.text(of: home.folder("names"))?.split(separator: "\n").map(String.init)
    #expect(names?.filter { $0 != ".lock" } == ["filler", "progress.json"])
  }

  @Test(
    "Row 49: A save that fails at fsync or rename is reported, and the old file stays",
    .needs(.strace),
    arguments: ["fsync:error=EIO", "rename:error=EXDEV", "rename:error=EACCES"])
  func failedCall(fault: String) throws {
    try home.saveProgress()
    let before = contents(of: home.progress)
    let run = try home.run(
      "7/3", "--plain",
      before: [try strace, "-f", "-o", home.folder("trace"), "-e", "inject=\(fault):when=1+"])
    #expect(run.status == 0, "\(run)")
    #expect((run.standardOutput + run.standardError).contains(Self.notSaved), "\(run)")
    #expect(contents(of: home.progress) == before && home.names == ["progress.json"])
    #expect(Kernel.text(of: home.folder("trace"), limit: 1 << 20)?.contains("INJECTED") == true)
  }

  @Test(
    "Row 50: A kill at any call of the save leaves the old or the new file", .needs(.strace),
    arguments: ["flock:1", "fsync:1", "rename:1", "fsync:2"])
  func killed(call: String) throws {
    try home.saveProgress()
    let before = try home.seen()
    let parts = call.split(separator: ":")
    let run = try home.run(
      "7/3", "--plain",
      before: [
        try strace, "-f", "-o", home.folder("trace"), "-e",
        "inject=\(parts[0]):signal=SIGKILL:when=\(parts[1])",
      ])
    #expect(run.status == 128 + SIGKILL, "\(run)")
    let after = try home.seen()
    #expect(after.isSuperset(of: before) && after.count - before.count <= 1)
    if call == "fsync:2" { #expect(after.count == before.count + 1) }
    // The next start takes the lock and removes what the killed one left.
    let next = try home.run("7/4", "--plain")
    #expect(next.status == 0 && !(next.standardOutput + next.standardError).contains("damaged"))
    #expect(try home.seen().count == after.count + 1 && home.names == ["progress.json"])
  }

  @Test("Row 51: In a home that is read-only, the program runs and says once that nothing is saved")
  func readOnly() throws {
    guard let mounts = Namespace.words else { return Namespace.skip() }
    let run = try home.shell(
      """
      mount -t tmpfs -o ro tmpfs "$FOLDER/state" && mount -t tmpfs -o ro tmpfs "$FOLDER/config" || exit 9
      printf 'n\\nn\\n' | "$LOCKSTEP" 7 --plain
      """, before: mounts)
    #expect(run.status == 0, "\(run)")
    let all = run.standardOutput + run.standardError
    #expect(all.split(separator: Self.notSaved).count == 2, "\(all)")
  }

  @Test(
    "Row 52: Without a usable HOME, a notice says so, and a relative folder is never created",
    arguments: ["", "relative", "/nonexistent", "/dev/null"])
  func noHome(value: String) throws {
    let run = try home.shell(
      """
      cd "$FOLDER/home" && env -u XDG_STATE_HOME -u XDG_CONFIG_HOME HOME='\(value)' \\
        "$LOCKSTEP" 7 --plain && env -u HOME XDG_STATE_HOME=state XDG_CONFIG_HOME=./c \\
        "$LOCKSTEP" 7 --plain
      """)
    #expect(run.status == 0, "\(run)")
    #expect(
      (run.standardOutput + run.standardError).split(separator: Self.notSaved).count == 3, "\(run)")
    #expect(home.folder.names(in: "home").isEmpty)
  }

  @Test("Row 53: At a limit of file sizes, the old file stays")
  func fileSize() throws {
    try home.saveProgress()
    let before = contents(of: home.progress)
    let run = try home.shell("ulimit -f 0; \"$LOCKSTEP\" 7/3 --plain 2>&1 | cat")
    #expect(run.status == 0 && run.standardOutput.contains(Self.notSaved), "\(run)")
    #expect(contents(of: home.progress) == before && home.names == ["progress.json"])
  }

  @Test("Row 54: A progress file of 16 MB is set aside and does not delay the start")
  func largeFile() throws {
    mkdir(home.state, 0o700)
    let text =
      #"{"version":1,"documents":{"built-in":{"changed":"T","place":null,"seen":{},"ran":{},"x":""#
      + String(repeating: "y", count: 16_000_000) + "\"}}}"
    write(Array(text.utf8), to: home.progress)
    let terminal = try home.open("7")
    #expect(terminal.waitUntil { $0.contains("progress.json was damaged") })
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
    let aside = try #require(home.names.first { $0.hasPrefix("progress.json.damaged-") })
    #expect(contents(of: "\(home.state)/\(aside)")?.count == text.utf8.count)
    #expect(try home.seen().count == 1)
  }

  @Test("Row 54: A file of a newer version stays as it is, and a notice says so")
  func newerFiles() throws {
    mkdir(home.state, 0o700)
    mkdir(home.folder("config/lockstep"), 0o700)
    let files = [
      home.progress: #"{"version":9,"shelves":[]}"#,
      home.state + "/layout.json": #"{"version":9,"borders":"new"}"#,
      home.folder("config/lockstep/settings.json"): #"{"version":9,"theme":{"new":1}}"#,
    ]
    for (path, text) in files { write(Array(text.utf8), to: path) }
    let terminal = try home.open("4", columns: 200)
    #expect(terminal.waitUntil { $0.contains("written by a newer lockstep") })
    terminal.send(.escape, .text("S"))
    #expect(terminal.waitUntil { $0.contains("Settings") })
    terminal.send(.text(" "), .enter)
    #expect(terminal.waitUntil { !$0.contains("Settings") })
    terminal.send(.text("nq"))
    #expect(terminal.waitForExit() == .exited(0))
    for (path, text) in files { #expect(contents(of: path) == Array(text.utf8), "\(path)") }
  }

  @Test(
    "Row 55: Anything but a file in place of the progress is refused and stays",
    arguments: ["folder", "pipe", "/dev/zero", "progress.json", "nowhere"])
  func otherKinds(kind: String) throws {
    mkdir(home.state, 0o700)
    switch kind {
    case "folder": mkdir(home.progress, 0o700)
    case "pipe": mkfifo(home.progress, 0o600)
    default: symlink(kind, home.progress)
    }
    var (before, after) = (stat(), stat())
    lstat(home.progress, &before)
    let run = try home.run("7", "--plain")
    #expect(run.status == 0, "\(run)")
    #expect((run.standardOutput + run.standardError).contains(Self.notSaved), "\(run)")
    lstat(home.progress, &after)
    #expect(before.st_ino == after.st_ino && before.st_mode == after.st_mode)
  }

  @Test("Row 55: A link to the progress stays a link, and its target gets the new content")
  func links() throws {
    try home.folder.makeFolder("dotfiles")
    mkdir(home.state, 0o700)
    let target = home.folder("dotfiles/progress.json")
    try home.saveProgress()
    rename(home.progress, target)
    symlink("../../dotfiles/progress.json", home.progress)
    func isLink() -> Bool {
      var status = stat()
      return lstat(home.progress, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }
    #expect(try home.run("7/3", "--plain").status == 0)
    #expect(try home.seen().count == 2 && isLink())
    #expect(home.folder.names(in: "dotfiles") == ["progress.json"])
    // A damaged target is copied beside the link, and only then written.
    write(Array("nonsense".utf8), to: target)
    let run = try home.run("7/4", "--plain")
    #expect(run.status == 0 && run.standardOutput.contains("progress.json was damaged"), "\(run)")
    #expect(try home.seen().count == 1 && isLink())
    #expect(home.folder.names(in: "dotfiles") == ["progress.json"])
    let aside = try #require(home.names.first { $0.hasPrefix("progress.json.damaged-") })
    #expect(contents(of: "\(home.state)/\(aside)") == Array("nonsense".utf8))
  }

  @Test(
    "Row 56: While another instance holds the lock, a notice says so; a stale lock is no hurdle")
  func lock() throws {
    mkdir(home.state, 0o700)
    write(Array("4711\n".utf8), to: home.state + "/.lock")
    try home.saveProgress()
    #expect(try home.seen().count == 1)
    let descriptor = open(home.state + "/.lock", O_RDWR | O_CLOEXEC)
    try #require(descriptor >= 0 && flock(descriptor, LOCK_EX) == 0)
    let run = try home.run("7/3", "--plain")
    close(descriptor)
    #expect(run.status == 0)
    #expect(
      (run.standardOutput + run.standardError).contains("another lockstep holds the lock"), "\(run)"
    )
    #expect(try home.seen().count == 1)
    #expect(try home.run("7/3", "--plain").status == 0)
    #expect(try home.seen().count == 2)
  }

  @Test(
    "Row 58: With any clock the program runs, saves and lists its runs", .needs(.faketime),
    arguments: ["1970-01-01 00:00:01", "2038-01-19 03:14:09", "2026-10-25 02:59:59"])
  func clock(time: String) throws {
    // A second session a year earlier must not fail.
    let run = try home.shell(
      """
      set -e
      faketime -f '@\(time)' "$LOCKSTEP" 7/2 --plain > /dev/null
      faketime -f '-1y' "$LOCKSTEP" 7/3 --plain > /dev/null
      faketime -f '@\(time)' "$LOCKSTEP" progress
      """)
    #expect(run.status == 0, "\(run)")
    #expect(try home.seen().count == 2 && !run.standardOutput.contains("-1"))
  }

  @Test("Row 62: All files are private, whatever the umask")
  func modes() throws {
    let run = try home.shell(
      """
      umask 000
      printf 'r\\n' | "$LOCKSTEP" 8/1 --plain > /dev/null && "$LOCKSTEP" progress --reset --yes > /dev/null
      find "$STATE" -type d ! -perm 700 -o -type f ! -perm 600
      """)
    #expect(run.status == 0 && run.standardOutput.isEmpty && run.standardError.isEmpty, "\(run)")
    #expect(home.names.contains("recordings") && home.names.contains("progress.json"))
  }

  private var strace: String {
    get throws { try #require(Tool.strace.path) }
  }
}

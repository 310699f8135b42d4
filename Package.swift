// swift-tools-version: 6.2
import PackageDescription

/// Every target is held to the same rules; the compiler enforces who may import whom.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// For targets whose code runs once for each start, page of text or typed line. Without optimization
/// they halve their part of the build; the first frame comes 2 % later, and plain mode starts 11 %
/// later.
let unoptimized: [SwiftSetting] = [.unsafeFlags(["-Onone"], .when(configuration: .release))]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

func module(
  _ name: String, _ dependencies: [Target.Dependency], isOptimized: Bool = true
) -> Target {
  .target(
    name: name, dependencies: dependencies,
    swiftSettings: isOptimized ? settings : settings + unoptimized)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

let package = Package(
  name: "lockstep",
  products: [
    .executable(name: "lockstep", targets: ["lockstep"]),
    .executable(name: "lockstep-bench", targets: ["lockstep-bench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: [
    // The C libraries, and the calls that Swift's Glibc module lacks.
    .systemLibrary(name: "CNcurses"),
    .systemLibrary(name: "CMarkdown"),
    .systemLibrary(name: "CGMP"),
    .target(name: "CPlatform"),
    // The documents in Lessons, embedded by #embed.
    .target(name: "CLessons"),

    // System calls.
    module("Platform", ["CPlatform", systemPackage]),

    // The house, in the order in which data flows.
    module("Catalog", []),
    module("JSON", []),
    module("Events", []),
    module("Rings", ["Events", "Platform", "CPlatform"]),
    module("Trace", ["Events"]),
    module("History", ["Events", "Trace"]),
    module("Exports", ["Events", "Trace", "History"]),
    module("Concurrency", ["Catalog", "Events", "Rings", "Platform", "CPlatform", systemPackage]),
    module(
      "Engine",
      [
        "Catalog", "Events", "Rings", "Trace", "Concurrency", "Platform", "CPlatform",
        systemPackage,
      ]),
    module(
      "Demos",
      [
        "Catalog", "Events", "Trace", "Concurrency", "Engine", "Platform", "CPlatform", "CGMP",
        systemPackage,
      ]),
    module("LessonKit", ["Catalog", "CMarkdown", "JSON"]),
    module("Screen", ["CPlatform"]),
    module("LessonViews", ["Catalog", "LessonKit", "Screen"]),
    module(
      "RunViews", ["Catalog", "Events", "Trace", "History", "LessonKit", "Screen", "LessonViews"]),
    module(
      "Tutor",
      [
        "Catalog", "Events", "Trace", "History", "LessonKit", "Screen", "LessonViews", "RunViews",
      ]),
    module(
      "Plain",
      [
        "Catalog", "Events", "Trace", "History", "LessonKit", "Screen", "LessonViews", "RunViews",
        "Tutor",
      ], isOptimized: false),
    module("Curses", ["Screen", "CNcurses", "CPlatform"]),
    module("Lessons", ["CLessons"]),

    // What the program does with files, folders, other programs and the shell that started it.
    module("Shell", ["Screen", "Platform", "CPlatform", systemPackage]),
    module(
      "StateFiles", ["Catalog", "LessonKit", "Screen", "Platform", "JSON", systemPackage],
      isOptimized: false),
    module(
      "Documents",
      [
        "Catalog", "LessonKit", "Lessons", "Screen", "Platform", "Shell", "CPlatform",
        systemPackage,
      ], isOptimized: false),
    module(
      "Checking",
      [
        "Catalog", "LessonKit", "Lessons", "Screen", "Tutor", "Platform", "JSON", "Shell",
        "Documents", systemPackage,
      ],
      isOptimized: false),
    module(
      "Recordings",
      [
        "Catalog", "Events", "Trace", "History", "Exports", "LessonKit", "Lessons", "Screen",
        "RunViews", "Platform", "Shell", "StateFiles", "CPlatform", systemPackage,
      ]),
    module(
      "Manual", ["Catalog", "LessonKit", "Screen", "Tutor", "Shell"], isOptimized: false),

    .executableTarget(
      name: "lockstep",
      dependencies: [
        "Catalog", "Events", "Trace", "History", "Exports", "Concurrency", "Engine", "Demos",
        "LessonKit", "Screen", "RunViews", "Tutor", "Plain", "Curses", "Lessons", "Platform",
        "JSON", "Shell", "StateFiles", "Documents", "Checking", "Recordings", "Manual", "CPlatform",
        argumentParser, systemPackage,
      ],
      swiftSettings: settings + unoptimized,
      // Without its symbols, the program has less than half the size. The benchmark keeps its own,
      // for profilers.
      linkerSettings: [.unsafeFlags(["-Xlinker", "-s"], .when(configuration: .release))]),
    .executableTarget(
      name: "lockstep-bench",
      dependencies: [
        "Catalog", "Events", "Rings", "Trace", "History", "Exports", "Concurrency", "Engine",
        "Demos", "LessonKit", "Screen", "RunViews", "Tutor", "Platform", "CPlatform", "Pty",
      ],
      swiftSettings: settings),

    // A program on a real pty, for the tests and the benchmark.
    .systemLibrary(name: "CPty", path: "Tests/CPty"),
    .target(
      name: "Pty", dependencies: ["CPty", "CPlatform"], path: "Tests/Pty", swiftSettings: settings),

    // The targets from here on are test targets, so that swift build leaves them out, and needs no
    // libvterm.

    // A real terminal emulator inside the test process.
    .systemLibrary(name: "CVTerm", path: "Tests/CVTerm"),
    tests("TestTerminal", ["CVTerm", "Pty"]),

    // Files that the program writes, made and read by tests.
    tests(
      "TestState",
      [
        "LessonKit", "Events", "History", "StateFiles", "Pty", "TestEvents", "TestTerminal",
        systemPackage,
      ]),

    // Checks exports by other means than those that made them.
    tests("ExportChecks", ["Exports", "Events"]),

    // The same random numbers in each run of the tests.
    tests("TestNumbers", []),

    // Documents for tests of several targets.
    tests("TestDocuments", ["Platform", "Pty", systemPackage], exclude: ["Documents"]),

    // Events for tests: runs written by hand, and random events.
    tests("TestEvents", ["Events", "TestNumbers"]),

    // Runs for tests of what a run does and leaves.
    tests(
      "TestRuns",
      ["Concurrency", "Engine", "Demos", "Events", "Catalog", "Platform", "CPlatform"]),

    // The table of faults, and the tools that its tests need.
    tests("TestFaults", ["Pty"]),

    tests("CatalogTests", ["Catalog"]),
    tests("EventsTests", ["Events", "TestEvents", "TestNumbers"]),
    tests("RingsTests", ["Rings", "Events", "Platform", "CPlatform"]),
    tests("TraceTests", ["Trace", "Events", "Rings", "TestEvents", "TestNumbers"]),
    tests("HistoryTests", ["History", "Events", "Trace", "TestEvents", "TestNumbers"]),
    tests("ExportsTests", ["Exports", "Events", "ExportChecks", "TestEvents", "TestNumbers"]),
    tests(
      "EngineTests",
      [
        "Concurrency", "Engine", "Demos", "Events", "Rings", "Trace", "Catalog", "Platform",
        "TestEvents", "TestFaults", "TestNumbers", "TestRuns", "lockstep",
      ]),
    tests(
      "DemosTests",
      [
        "Concurrency", "Engine", "Demos", "Events", "Rings", "Trace", "History", "Exports",
        "Catalog", "CPlatform", "CGMP", "Recordings", "ExportChecks", "TestEvents", "TestNumbers",
        "TestRuns", "lockstep",
      ]),
    tests(
      "LessonKitTests",
      ["LessonKit", "Lessons", "Catalog", "TestDocuments", "TestFaults", "TestNumbers"]),
    tests("ScreenTests", ["Screen", "TestNumbers"]),
    tests(
      "CursesTests", ["Curses", "Screen", "TestFaults", "TestNumbers", "TestTerminal"]),
    tests(
      "TutorTests",
      [
        "LessonViews", "RunViews", "Tutor", "Plain", "Events", "Trace", "History", "Exports",
        "LessonKit", "Lessons", "Screen", "Catalog", "ExportChecks", "TestDocuments",
        "TestNumbers",
      ],
      exclude: ["Drawings"]),
    tests("JSONTests", ["JSON"]),
    tests("ShellTests", ["Shell", "TestFaults", "TestTerminal", systemPackage]),
    tests(
      "StateFilesTests",
      [
        "Catalog", "LessonKit", "Screen", "Tutor", "Platform", "JSON", "StateFiles", "Pty",
        "TestFaults", "TestState", "TestTerminal", systemPackage,
      ]),
    tests(
      "DocumentsTests",
      [
        "Catalog", "LessonKit", "Screen", "Documents", "CPlatform", "Pty", "TestFaults",
        "TestTerminal", "lockstep", systemPackage,
      ]),
    tests(
      "RecordingsTests",
      [
        "Events", "Trace", "History", "Platform", "Shell", "StateFiles", "Recordings",
        "CPlatform", "Pty", "TestEvents", "TestFaults", "TestState", "TestTerminal", systemPackage,
      ]),
    tests(
      "LockstepTests",
      [
        "Catalog", "Events", "Trace", "History", "Exports", "LessonKit", "Lessons", "Tutor",
        "Curses", "Platform", "JSON", "StateFiles", "Documents", "Checking", "Recordings",
        "Manual",
        "lockstep", "CPlatform", "ExportChecks", "Pty", "TestDocuments", "TestEvents",
        "TestFaults", "TestState", "TestTerminal", systemPackage,
      ]),
    tests(
      "FaultTests",
      [
        "Catalog", "Events", "Trace", "History", "Concurrency", "Engine", "Demos", "LessonKit",
        "Curses", "Platform", "JSON", "StateFiles", "Documents", "Recordings", "lockstep",
        "CPlatform", "ExportChecks", "Pty", "TestDocuments", "TestEvents", "TestFaults",
        "TestNumbers", "TestRuns",
        "TestState", "TestTerminal", systemPackage,
      ],
      exclude: ["Shim"]),
  ],
  cLanguageStandard: .gnu2x
)

// .ci/fuzz builds the fuzz targets. They need a build of their own, with all code instrumented.
if Context.environment["LOCKSTEP_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "lockstep-fuzz",
      dependencies: [
        "Catalog", "Events", "Trace", "Exports", "LessonKit", "Screen", "LessonViews", "RunViews",
        "Tutor", "Curses", "Lessons", "JSON", "StateFiles", "Recordings",
      ],
      path: "Tests/Fuzz", exclude: ["Corpus"], swiftSettings: settings,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]))
}
